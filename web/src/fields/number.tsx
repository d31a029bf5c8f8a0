//! Whole numbers.

import { formatDecimal } from "../text/number";
import type { FieldKind } from "./kind";
import { input } from "./lazy";

export const number: FieldKind = {
  text: (value, _field, format) => formatDecimal(String(value), format.locale),
  Input: input("WholeInput"),
  OperandList: input("TextList"),
  width: 110,
  align: "end",
};
