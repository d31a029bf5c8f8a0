//! Percentages: `"12.5"` means 12.5 %.

import { formatDecimal } from "../text/number";
import { DecimalInput } from "./decimal_input";
import type { FieldKind } from "./kind";
import { TextList } from "./text";

export const percent: FieldKind = {
  text: (value, _field, format) => `${formatDecimal(String(value), format.locale)}%`,
  Input: (props) => <DecimalInput {...props} suffix="%" />,
  OperandList: TextList,
  width: 100,
  align: "end",
};
