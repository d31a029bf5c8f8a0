//! Text of one line.

import type { FieldKind } from "./kind";
import { input } from "./lazy";

export const text: FieldKind = {
  text: String,
  Input: input("TextLine"),
  OperandList: input("TextList"),
  width: 180,
};
