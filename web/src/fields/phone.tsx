//! Phone number; a link that calls. Masked numbers contain dots and are not links.

import type { CellProps, FieldKind } from "./kind";
import { text } from "./text";

/** `+8613912345678` → `139 1234 5678`, `+861055505593` → `010 5550 5593`; others as stored. */
export function spaced(value: string): string {
  const mobile = /^(?:\+86)?(1[3-9]\d)(\d{4})(\d{4})$/.exec(value);
  if (mobile) return mobile.slice(1).join(" ");
  // Area codes of one and two digits are those of the largest cities.
  const landline = /^\+86(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(value);
  return landline ? `0${landline.slice(1).join(" ")}` : value;
}

function Cell({ value }: CellProps) {
  if (!/^[+\d\s()-]+$/.test(value)) return <span>{value}</span>;
  return (
    <a className="gx-link" href={`tel:${String(value).replace(/[^\d+]/g, "")}`}>
      {spaced(String(value))}
    </a>
  );
}

export const phone: FieldKind = { ...text, text: (value) => spaced(String(value)), Cell, width: 150 };
