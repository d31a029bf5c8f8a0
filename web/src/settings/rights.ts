//! The rights of a role as a matrix: object by action, whose records; and field by field. Pure.

import type { CrmRecord, ObjectSchema } from "../api/types";

export const actions = ["read", "create", "update", "delete", "import", "export"] as const;
export type RightAction = (typeof actions)[number];

/** From least to most. */
export const scopes = ["none", "own", "subordinates", "department", "department_below", "all"] as const;
export type RightScope = (typeof scopes)[number];

/** Stands for all objects that a role does not name. */
export const everything = "*";

export interface Rights {
  /** The record of a right, by `object.action`. */
  byKey: Map<string, CrmRecord>;
  /** Objects the role names itself: `*` does not count for them. */
  named: Set<string>;
}

export const keyOf = (object: string, action: string): string => `${object}.${action}`;

export function rightsOf(records: CrmRecord[]): Rights {
  return {
    byKey: new Map(records.map((record) => [keyOf(record.object, record.action), record])),
    named: new Set(records.map(({ object }) => object)),
  };
}

/** Whose records the role reaches with an action, as the server works it out. */
export function scopeOf(rights: Rights, object: string, action: string): RightScope {
  const from = rights.named.has(object) ? object : everything;
  return (rights.byKey.get(keyOf(from, action))?.scope as RightScope) ?? "none";
}

/** Whether the answer comes from the row for everything. */
export function inherited(rights: Rights, object: string): boolean {
  return object !== everything && !rights.named.has(object);
}

/** Objects whose rights are chosen: those with records of their own, not parts of others. */
export function chosen(objects: ObjectSchema[]): ObjectSchema[] {
  return objects.filter(({ hidden }) => !hidden);
}
