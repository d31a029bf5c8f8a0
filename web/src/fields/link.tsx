//! A link to one record of another object.

import { Link } from "react-router";
import { objectNamed, useSchema } from "../api/schema";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

export function LinkCell({ field, value }: CellProps) {
  const schema = useSchema();
  const target = objectNamed(schema, value.object ?? field.target);
  if (!target) return <span>{value.title}</span>;
  return (
    <Link className="gx-link" to={`/${target.plural}/${value.id}`}>
      {value.title || "—"}
    </Link>
  );
}

export const link: FieldKind = {
  text: (value) => value?.title ?? String(value),
  Input: input("RecordSelect"),
  OperandList: input("RecordsSelect"),
  Cell: LinkCell,
  width: 180,
  send: (value) => value?.id ?? value ?? null,
};
