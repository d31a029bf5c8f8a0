//! Any field's value as it is shown. Empty values are a quiet dash on records and nothing in tables.

import type { CrmRecord, Field, Value } from "../api/types";
import { useFormat } from "../text/format";
import { kindOf, valueText } from "./index";
import { blank } from "./kind";

export function Cell({ field, value, roomy }: { field: Field; value: Value; roomy?: boolean }) {
  const format = useFormat();
  if (blank(value)) return roomy ? <span className="gx-muted">—</span> : null;
  const Drawn = kindOf(field).Cell;
  const masked = typeof value === "string" && value.includes("••");
  if (!Drawn || masked) return <span>{valueText(field, value, format)}</span>;
  return <Drawn field={field} value={value} roomy={roomy} />;
}

/** The value of a field or of a path through expanded links. */
export function valueAt(record: CrmRecord, path: string): Value {
  return path in record
    ? record[path]
    : path.split(".").reduce<Value>((value, part) => value?.[part], record);
}
