//! Which value each field of the merged record gets: this one's, the other's, or both. Pure.

import { writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { same } from "../fields";
import { blank } from "../fields/kind";

export type Side = "own" | "other" | "both";

/** Kinds of which both values can be kept. */
const joinable = new Set(["links", "tags", "many_choices", "long_text"]);

/** Fields a person decides about: written by people, and different in the two records. */
export function differing(object: ObjectSchema, own: CrmRecord, other: CrmRecord): Field[] {
  return object.fields.filter(
    (field) =>
      writable(field) &&
      field.kind !== "auto_number" &&
      !same(field, own[field.name], other[field.name]) &&
      !(blank(own[field.name]) && blank(other[field.name])),
  );
}

export function sidesOf(field: Field, own: CrmRecord, other: CrmRecord): Side[] {
  const both = joinable.has(field.kind) && !blank(own[field.name]) && !blank(other[field.name]);
  return both ? ["own", "other", "both"] : ["own", "other"];
}

/** What is chosen unless somebody says otherwise: nothing is lost. */
export function firstChoice(field: Field, own: CrmRecord, other: CrmRecord): Side {
  if (blank(own[field.name])) return "other";
  return sidesOf(field, own, other).includes("both") ? "both" : "own";
}

export function takeAndJoin(
  fields: Field[],
  sides: Record<string, Side>,
): { take: string[]; join: string[] } {
  const of = (side: Side) => fields.map(({ name }) => name).filter((name) => sides[name] === side);
  return { take: of("other"), join: of("both") };
}
