//! All field kinds by name, and the few questions every screen asks of them. Adding a kind is a file and a line.

import type { CrmRecord, Field, ObjectSchema, Value } from "../api/types";
import type { Format } from "../text/format";
import { anyLink } from "./any_link";
import { autoNumber } from "./auto_number";
import { choice } from "./choice";
import { date } from "./date";
import { decimal } from "./decimal";
import { duration } from "./duration";
import { email } from "./email";
import { instant } from "./instant";
import { blank, type FieldKind } from "./kind";
import { link } from "./link";
import { links } from "./links";
import { longText } from "./long_text";
import { manyChoices } from "./many_choices";
import { money } from "./money";
import { number } from "./number";
import { percent } from "./percent";
import { person } from "./person";
import { phone } from "./phone";
import { tags } from "./tags";
import { text } from "./text";
import { url } from "./url";
import { yesNo } from "./yes_no";

const kinds: Record<string, FieldKind> = {
  text,
  auto_number: autoNumber,
  long_text: longText,
  email,
  phone,
  url,
  number,
  decimal,
  percent,
  money,
  date,
  instant,
  duration,
  yes_no: yesNo,
  choice,
  many_choices: manyChoices,
  link,
  person,
  any_link: anyLink,
  links,
  tags,
};

/** The kind of the field; formulas and roll-ups look like their result, unknown kinds like text. */
export function kindOf(field: Field): FieldKind {
  return kinds[field.result ?? field.kind] ?? text;
}

/** The value as plain text; "" where there is none. Masked values are text already. */
export function valueText(field: Field, value: Value, format: Format): string {
  if (blank(value)) return "";
  if (typeof value === "string" && value.includes("••")) return value;
  return kindOf(field).text(value, field, format);
}

export function titleOf(object: ObjectSchema, record: CrmRecord, format: Format): string {
  const field = object.fields.find((candidate) => candidate.name === object.title_field);
  const title = field ? valueText(field, record[field.name], format) : record[object.title_field];
  return title || "—";
}

/** What is sent for a value typed into a form. */
export function sendable(field: Field, value: Value): Value {
  if (blank(value)) return value === undefined ? undefined : Array.isArray(value) ? [] : null;
  const { send } = kindOf(field);
  return send ? send(value) : value;
}

/** Whether two values mean the same once sent. */
export function same(field: Field, a: Value, b: Value): boolean {
  return JSON.stringify(sendable(field, a) ?? null) === JSON.stringify(sendable(field, b) ?? null);
}

/** Kinds whose values point at records of one object. */
export function linksTo(field: Field): string | undefined {
  const one = field.kind === "link" || field.kind === "person";
  return one ? field.target : undefined;
}
