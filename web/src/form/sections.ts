//! Which fields a form asks, by section: those that may be written, declared sections first, the rest after.

import { writable } from "../api/schema";
import type { Field, Label, ObjectSchema } from "../api/types";

export interface FormSection {
  name: string;
  label: Label;
  fields: Field[];
}

/** Fields every record has; they are shown elsewhere. */
const system = new Set([
  "id",
  "version",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "deleted_at",
]);

/** All sections with their fields; fields in no section are gathered in a last one, so that none is lost. */
export function allSections(object: ObjectSchema): FormSection[] {
  const placed = new Set(object.sections.flatMap(({ fields }) => fields));
  const loose = object.fields
    .map(({ name }) => name)
    .filter((name) => !placed.has(name) && !system.has(name));
  const more = { name: "_more", label: { en: "More", "zh-CN": "更多" }, fields: loose };
  return [...object.sections, more]
    .map((section) => ({
      ...section,
      fields: section.fields.flatMap((name) => object.fields.find((field) => field.name === name) ?? []),
    }))
    .filter(({ fields }) => fields.length > 0);
}

export function formSections(object: ObjectSchema): FormSection[] {
  return allSections(object)
    .map((section) => ({ ...section, fields: section.fields.filter(writable) }))
    .filter(({ fields }) => fields.length > 0);
}
