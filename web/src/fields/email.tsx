//! E-mail address; a link that writes a mail.

import type { CellProps, FieldKind } from "./kind";
import { text } from "./text";

function Cell({ value }: CellProps) {
  return (
    <a className="gx-link" href={`mailto:${encodeURIComponent(value)}`}>
      {value}
    </a>
  );
}

export const email: FieldKind = { ...text, Cell, width: 200 };
