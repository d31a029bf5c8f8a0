//! The schema of the workspace, from which everything is drawn, and look-ups in it. Names no object.

import { queryOptions } from "@tanstack/react-query";
import { createContext, use } from "react";
import { booted } from "./boot";
import { get } from "./client";
import type { CrmRecord, Field, ObjectSchema, Schema } from "./types";

export const schemaQuery = queryOptions({
  queryKey: ["schema"],
  queryFn: () => get<Schema>("/schema"),
  staleTime: 60_000,
  initialData: () => booted<Schema>("/schema"),
});

/** Given by the guard, like the signed-in person. */
export const SchemaContext = createContext<Schema | null>(null);

export function useSchema(): Schema {
  const schema = use(SchemaContext);
  if (!schema) throw new Error("useSchema is used outside the signed-in part");
  return schema;
}

export function objectNamed(schema: Schema, name: string | undefined): ObjectSchema | undefined {
  return schema.objects.find((object) => object.name === name);
}

export function objectOfPlural(schema: Schema, plural: string | undefined): ObjectSchema | undefined {
  return schema.objects.find((object) => object.plural === plural);
}

/** Fields every record has besides its declared ones; drawn like any other where a view names them. */
const commonFields: Field[] = [
  common("created_at", "instant", { en: "Created", "zh-CN": "创建时间" }),
  common("updated_at", "instant", { en: "Updated", "zh-CN": "更新时间" }),
  common("created_by", "person", { en: "Created by", "zh-CN": "创建人" }),
  common("updated_by", "person", { en: "Updated by", "zh-CN": "更新人" }),
  common("deleted_at", "instant", { en: "Deleted", "zh-CN": "删除时间" }),
];

function common(name: string, kind: string, label: Field["label"]): Field {
  const sortable = kind === "instant";
  return { name, kind, label, read_only: true, sortable, operators: [], access: "read" };
}

/** The field of that name, or of a path through links such as `account.industry`. */
export function fieldAt(schema: Schema, object: ObjectSchema, path: string): Field | undefined {
  const [head = "", ...rest] = path.split(".");
  const field =
    object.fields.find((candidate) => candidate.name === head) ??
    commonFields.find((candidate) => candidate.name === head);
  if (!field || rest.length === 0) return field;
  const target = objectNamed(schema, field.target);
  return target && fieldAt(schema, target, rest.join("."));
}

/** Labels from the first link to the field itself, for showing a path. */
export function fieldsOn(schema: Schema, object: ObjectSchema, path: string): Field[] {
  const parts = path.split(".");
  return parts.flatMap((_, index) => fieldAt(schema, object, parts.slice(0, index + 1).join(".")) ?? []);
}

export function may(object: ObjectSchema, action: string): boolean {
  return object.actions.includes(action);
}

/** Whether the record allows it; lists do not carry `_can`, so there the object's actions decide. */
export function mayWith(object: ObjectSchema, record: CrmRecord, action: string): boolean {
  return record._can ? record._can.includes(action) : may(object, action);
}

export function writable(field: Field): boolean {
  return !field.read_only && (field.access ?? "write") === "write";
}

/** Fields that say something to people: not the record's own id and version. */
export function speaking(object: ObjectSchema): Field[] {
  return object.fields.filter(({ name }) => name !== "id" && name !== "version");
}
