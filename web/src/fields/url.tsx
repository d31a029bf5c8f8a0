//! Web address; opens elsewhere, and only for http and https.

import type { CellProps, FieldKind } from "./kind";
import { text } from "./text";

function Cell({ value }: CellProps) {
  const text = String(value);
  const href = /^https?:\/\//i.test(text) ? text : null;
  if (!href) return <span>{text}</span>;
  return (
    <a className="gx-link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}
    </a>
  );
}

export const url: FieldKind = { ...text, Cell };
