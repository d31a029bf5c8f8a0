//! Exact decimals, as strings.

import { formatDecimal } from "../text/number";
import type { FieldKind } from "./kind";
import { input } from "./lazy";

export const decimal: FieldKind = {
  text: (value, field, format) =>
    formatDecimal(String(value), format.locale, field.scale ? { maximumFractionDigits: field.scale } : {}),
  Input: input("DecimalInput"),
  OperandList: input("TextList"),
  width: 120,
  align: "end",
};
