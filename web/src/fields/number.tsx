//! The kind `number`: whole numbers, with thousands separators, and not decimals or money.

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
