//! One of declared options, as a coloured chip.

import type { Field, Option } from "../api/types";
import { label as labelIn, useLabel } from "../text/label";
import { Chip } from "../ui/chip";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

export function optionOf(field: Field, value: unknown): Option | undefined {
  return field.options?.find((option) => option.value === value);
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
  Input: input("ChoiceInput"),
  OperandList: input("ChoiceList"),
  Cell,
  width: 130,
};
