//! Text of several lines, shown as typed; people mentioned in it stand out.

import { pieces, shown } from "../text/mentions";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

/** The text with its mentions marked. */
export function Mentions({ text }: { text: string }) {
  return pieces(text).map((piece, index) =>
    typeof piece === "string" ? (
      piece
    ) : (
      <span key={index} style={{ color: "var(--gx-accent-text)", fontWeight: 500 }}>
        @{piece.name}
      </span>
    ),
  );
}

function Cell({ value, roomy }: CellProps) {
  return roomy ? (
    <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      <Mentions text={value} />
    </span>
  ) : (
    <span>{shown(value).text}</span>
  );
}

export const longText: FieldKind = {
  text: (value) => shown(String(value)).text,
  Input: input("LongText"),
  Cell,
  width: 240,
};
