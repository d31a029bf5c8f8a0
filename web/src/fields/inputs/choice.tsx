//! Inputs of choices: one, several, yes or no.

import { Checkbox, MultiSelect, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Field } from "../../api/types";
import { useLabel } from "../../text/label";
import { Dot } from "../../ui/chip";
import { optionOf } from "../choice";
import type { InputProps } from "../kind";
import { useClear, useCommon } from "./surroundings";

/** Options beyond which a choice can be searched. */
const searchableFrom = 8;

function useOptions(field: Field): { value: string; label: string }[] {
  const label = useLabel();
  return (field.options ?? []).map((option) => ({ value: option.value, label: label(option.label) }));
}

function renderOption(field: Field) {
  return ({ option }: { option: { value: string; label: string } }) => (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 7 }}>
      <Dot color={optionOf(field, option.value)?.color} />
      {option.label}
    </span>
  );
}

export function ChoiceInput(props: InputProps) {
  const { field, value, onChange } = props;
  const clear = useClear();
  return (
    <Select
      {...useCommon(props)}
      data={useOptions(field)}
      value={value ?? null}
      onChange={onChange}
      clearable={!field.required && !props.bare}
      clearButtonProps={clear}
      searchable={(field.options?.length ?? 0) > searchableFrom}
      renderOption={renderOption(field)}
      leftSection={value ? <Dot color={optionOf(field, value)?.color} /> : undefined}
    />
  );
}

export function ChoiceList(props: InputProps) {
  const clear = useClear();
  return (
    <MultiSelect
      {...useCommon(props)}
      data={useOptions(props.field)}
      value={(props.value as string[]) ?? []}
      onChange={props.onChange}
      renderOption={renderOption(props.field)}
      searchable
      clearable
      clearButtonProps={clear}
    />
  );
}

export function YesNoInput(props: InputProps) {
  const { autoComplete: _, withAsterisk: __, ...common } = useCommon(props);
  return (
    <Checkbox
      {...common}
      mt={props.bare ? 0 : 22}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

/** In filters no answer is different from "no". */
export function YesNoOperand(props: InputProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...useCommon(props)}
      data={[
        { value: "true", label: t("field.yes") },
        { value: "false", label: t("field.no") },
      ]}
      value={typeof props.value === "boolean" ? String(props.value) : null}
      onChange={(value) => props.onChange(value === "true")}
    />
  );
}
