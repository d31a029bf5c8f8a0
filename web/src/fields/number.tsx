//! Whole numbers.

import { formatDecimal } from "../text/number";
import { DecimalInput } from "./decimal_input";
import type { FieldKind, InputProps } from "./kind";
import { TextList } from "./text";

function Input(props: InputProps) {
  const { value, onChange } = props;
  return (
    <DecimalInput
      {...props}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(text) => onChange(text !== null && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text)}
    />
  );
}

export const number: FieldKind = {
  text: (value, _field, format) => formatDecimal(String(value), format.locale),
  Input,
  OperandList: TextList,
  width: 110,
  align: "end",
};
