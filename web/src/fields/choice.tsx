//! One of declared options, as a coloured chip.

import { MultiSelect, Select } from "@mantine/core";
import type { Field, Option } from "../api/types";
import { label as labelIn, useLabel } from "../text/label";
import { Chip, Dot } from "../ui/chip";
import { useCommon } from "./common";
import type { CellProps, FieldKind, InputProps } from "./kind";

export function optionOf(field: Field, value: unknown): Option | undefined {
  return field.options?.find((option) => option.value === value);
}

export function useOptions(field: Field): { value: string; label: string }[] {
  const label = useLabel();
  return (field.options ?? []).map((option) => ({ value: option.value, label: label(option.label) }));
}

export function renderOption(field: Field) {
  return ({ option }: { option: { value: string; label: string } }) => (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 7 }}>
      <Dot color={optionOf(field, option.value)?.color} />
      {option.label}
    </span>
  );
}

function Input(props: InputProps) {
  const { field, value, onChange } = props;
  return (
    <Select
      {...useCommon(props)}
      data={useOptions(field)}
      value={value ?? null}
      onChange={onChange}
      clearable={!field.required && !props.bare}
      searchable={(field.options?.length ?? 0) > 8}
      renderOption={renderOption(field)}
      leftSection={value ? <Dot color={optionOf(field, value)?.color} /> : undefined}
    />
  );
}

export function ChoiceList(props: InputProps) {
  return (
    <MultiSelect
      {...useCommon(props)}
      data={useOptions(props.field)}
      value={(props.value as string[]) ?? []}
      onChange={props.onChange}
      renderOption={renderOption(props.field)}
      searchable
      clearable
    />
  );
}

function Cell({ field, value }: CellProps) {
  const label = useLabel();
  const option = optionOf(field, value);
  return <Chip color={option?.color}>{option ? label(option.label) : String(value)}</Chip>;
}

export const choice: FieldKind = {
  text: (value, field, format) => {
    const option = optionOf(field, value);
    return option ? labelIn(option.label, format.locale) : String(value);
  },
  Input,
  OperandList: ChoiceList,
  Cell,
  width: 130,
};
