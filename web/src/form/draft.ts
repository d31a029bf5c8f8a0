//! Typed text that is not saved yet, kept in this tab so that closing a dialog or losing the net loses nothing.

import { useMe } from "../api/session";
import type { Field, Ref, Value } from "../api/types";
import { same, sendable } from "../fields";

export type Values = Record<string, Value>;

const key = (name: string): string => `guanxi.draft.${name}`;

export function readDraft(name: string): Values | undefined {
  try {
    const text = sessionStorage.getItem(key(name));
    return text ? (JSON.parse(text) as Values) : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(name: string, values: Values | null): void {
  try {
    if (values && Object.keys(values).length > 0) sessionStorage.setItem(key(name), JSON.stringify(values));
    else sessionStorage.removeItem(key(name));
  } catch {
    // Storage may be full or refused: the draft then lives as long as the dialog.
  }
}

/** What a new record starts with; "me" and "now" stand for the person and the moment. */
export function defaults(fields: Field[], me: Ref, now = new Date()): Values {
  const instant = now.toISOString().replace(/\.\d+Z$/, "Z");
  const value = ({ kind, default: given }: Field): Value => {
    if (given === "me" && kind === "person") return me;
    if (given === "now" && kind === "instant") return instant;
    // The calendar day where the person sits.
    if (given === "now" && kind === "date") return new Intl.DateTimeFormat("sv-SE").format(now);
    return given;
  };
  return Object.fromEntries(
    fields
      .filter((field) => field.default !== null && field.default !== undefined)
      .map((field) => [field.name, value(field)]),
  );
}

/** The person signed in as a value of a person field. */
export function useMyself(): Ref {
  const { user } = useMe();
  return { id: user.id, title: user.name };
}

/** What is sent for a new record: everything that has a value. */
export function toCreate(fields: Field[], values: Values): Values {
  const pairs = fields.map((field) => [field.name, sendable(field, values[field.name])] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined && value !== null));
}

/** What is sent for an edit: only what differs from what was loaded. */
export function toUpdate(fields: Field[], before: Values, after: Values): Values {
  return Object.fromEntries(
    fields
      .filter((field) => field.name in after && !same(field, before[field.name], after[field.name]))
      .map((field) => [field.name, sendable(field, after[field.name]) ?? null]),
  );
}
