//! The mapping being made: pure changes, and what of it is worth sending.

import { fieldAt } from "../api/schema";
import type { ColumnRule, LinkRule, Mapping } from "../api/transfers";
import type { Field, ObjectSchema, Schema } from "../api/types";

export function emptyMapping(object: string): Mapping {
  return { object, policy: "create", match_on: [], columns: {}, links: {} };
}

/** The column goes there; "" leaves it out. Rules of links that nothing needs any more are dropped. */
export function withColumn(
  mapping: Mapping,
  column: string,
  rule: ColumnRule | null,
  schema: Schema,
): Mapping {
  const columns = { ...mapping.columns };
  if (rule?.field) columns[column] = rule;
  else delete columns[column];
  return withLinks({ ...mapping, columns }, schema);
}

/** Every link passed on the way to a column's field: `order.account.name` → `order`, `order.account`. */
export function linksPassed(paths: string[]): string[] {
  const passed = paths.flatMap((path) => {
    const parts = path.split(".");
    return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("."));
  });
  return [...new Set(passed)].sort();
}

function withLinks(mapping: Mapping, schema: Schema): Mapping {
  const object = schema.objects.find(({ name }) => name === mapping.object);
  const links: Record<string, LinkRule> = {};
  for (const path of linksPassed(Object.values(mapping.columns).map(({ field }) => field))) {
    const filled = Object.values(mapping.columns)
      .map(({ field }) => field)
      .filter((field) => field.startsWith(`${path}.`) && !field.slice(path.length + 1).includes("."))
      .map((field) => field.slice(path.length + 1));
    const old = mapping.links?.[path];
    const unique = object && filled.find((name) => fieldAt(schema, object, `${path}.${name}`)?.unique);
    const match = old?.match?.filter((name) => filled.includes(name)) ?? [];
    links[path] = {
      match: match.length > 0 ? match : [unique ?? filled[0] ?? ""].filter(Boolean),
      if_missing: old?.if_missing ?? "create",
    };
  }
  return { ...mapping, links };
}

export interface Target {
  path: string;
  field: Field;
  /** Labels from link to field. */
  through: Field | null;
}

/** Where a column may go: own fields, and one link away the fields that find or make the linked record. */
export function targets(schema: Schema, object: ObjectSchema): Target[] {
  const own = object.fields.filter((field) => !field.read_only);
  const linked = own.flatMap((field) => {
    const target =
      field.kind === "link" || field.kind === "person"
        ? schema.objects.find(({ name }) => name === field.target)
        : undefined;
    return (target?.fields ?? [])
      .filter((inner) => !inner.read_only && inner.kind !== "long_text")
      .map((inner) => ({ path: `${field.name}.${inner.name}`, field: inner, through: field }));
  });
  return [...own.map((field) => ({ path: field.name, field, through: null })), ...linked];
}
