//! Percentages: `"12.5"` means 12.5 %.

import { formatDecimal } from "../text/number";
import type { FieldKind } from "./kind";
import { input } from "./lazy";

export const percent: FieldKind = {
  text: (value, _field, format) => `${formatDecimal(String(value), format.locale)}%`,
  Input: input("PercentInput"),
  OperandList: input("TextList"),
  width: 100,
  align: "end",
};
