//! Which fields a form asks, by section: those that may be written, declared sections first, the rest after.

import { writable } from "../api/schema";
import type { Field, Label, ObjectSchema } from "../api/types";

export interface FormSection {
  name: string;
  label: Label;
  fields: Field[];
}

/** All sections with their fields; fields in no section are gathered in a last one, so that none is lost. */
export function allSections(object: ObjectSchema): FormSection[] {
  const placed = new Set(object.sections.flatMap(({ fields }) => fields));
  const loose = object.fields.filter(({ name }) => !placed.has(name)).map(({ name }) => name);
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
