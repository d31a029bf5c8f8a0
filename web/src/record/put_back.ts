//! What to send so that a record holds again what it held: a change undone, an earlier state restored. Pure.

import { writable } from "../api/schema";
import type { CrmRecord, HistoryItem, ObjectSchema } from "../api/types";
import { same, sendable } from "../fields";
import type { Values } from "../form/draft";

/** The old values of one change, of the fields that people write and that differ now. */
export function undoing(object: ObjectSchema, record: CrmRecord, item: HistoryItem): Values {
  const pairs = item.changes.flatMap(({ field: name, old }) => {
    const field = object.fields.find((one) => one.name === name);
    if (!field || !writable(field) || same(field, old, record[name])) return [];
    return [[name, sendable(field, old) ?? null] as const];
  });
  return Object.fromEntries(pairs);
}

/** The fields of an earlier state that differ from the present one. */
export function differing(object: ObjectSchema, now: CrmRecord, then: CrmRecord): string[] {
  return object.fields
    .filter(
      (field) =>
        writable(field) &&
        field.kind !== "auto_number" &&
        field.name in then &&
        !same(field, now[field.name], then[field.name]),
    )
    .map(({ name }) => name);
}

/** The values of these fields as they are sent. */
export function restoring(object: ObjectSchema, record: CrmRecord, names: string[]): Values {
  const fields = object.fields.filter(({ name }) => names.includes(name));
  return Object.fromEntries(fields.map((field) => [field.name, sendable(field, record[field.name]) ?? null]));
}
