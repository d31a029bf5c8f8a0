//! The name of a column, with the links its path passes.

import { fieldsOn } from "../api/schema";
import type { Label, ObjectSchema, Schema } from "../api/types";
import type { Column } from "./columns";

export function columnName(
  schema: Schema,
  object: ObjectSchema,
  { path, field }: Column,
  label: (of: Label | null | undefined) => string,
): string {
  if (!path.includes(".")) return label(field.label);
  return fieldsOn(schema, object, path)
    .map((one) => label(one.label))
    .join(" › ");
}
