//! How a record of another object is tied to the one at hand: the field that leads here, and the value it gets.

import { may, objectNamed, useSchema, writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema, Ref, Schema } from "../api/types";
import { titleOf } from "../fields";
import { slotsOf } from "../objects";
import { useFormat } from "../text/format";

/** The field of `other` that leads to records of `object`. */
export function leading(object: ObjectSchema, other: ObjectSchema): Field | undefined {
  const link = object.related.find((related) => related.object === other.name)?.field;
  return link
    ? other.fields.find(({ name }) => name === link)
    : other.fields.find((field) => field.kind === "any_link" && writable(field));
}

/** Objects whose records are added on a timeline, with the field that leads to the record at hand. */
export function addable(schema: Schema, object: ObjectSchema): { other: ObjectSchema; field: Field }[] {
  return schema.objects.flatMap((other) => {
    if (!slotsOf(other.name).onTimeline || !may(other, "create")) return [];
    const field = leading(object, other);
    return field ? [{ other, field }] : [];
  });
}

/** The record as a value of a link to it. */
export function useSelf(object: ObjectSchema, record: CrmRecord): Ref {
  const format = useFormat();
  return { object: object.name, id: record.id, title: titleOf(object, record, format) };
}

/** Objects on the timeline of `object`, whether or not they may be added to. */
export function useTimelineObjects(object: ObjectSchema): ObjectSchema[] {
  const schema = useSchema();
  const file = objectNamed(schema, "file");
  const others = schema.objects.filter((other) => slotsOf(other.name).onTimeline && leading(object, other));
  return file ? [...others, file] : others;
}
