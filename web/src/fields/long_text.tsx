//! Text of several lines, shown as typed.

import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

function Cell({ value, roomy }: CellProps) {
  return roomy ? (
    <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{value}</span>
  ) : (
    <span>{value}</span>
  );
}

export const longText: FieldKind = { text: String, Input: input("LongText"), Cell, width: 240 };
