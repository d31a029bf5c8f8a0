//! Exact decimals, as strings.

import { formatDecimal } from "../text/number";
import { DecimalInput } from "./decimal_input";
import type { FieldKind } from "./kind";
import { TextList } from "./text";

export const decimal: FieldKind = {
  text: (value, field, format) =>
    formatDecimal(String(value), format.locale, field.scale ? { maximumFractionDigits: field.scale } : {}),
  Input: DecimalInput,
  OperandList: TextList,
  width: 120,
  align: "end",
};
