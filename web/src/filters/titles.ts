//! Titles of records that a filter names by id: remembered when picked, asked for when the filter came by URL.

import { useQueries } from "@tanstack/react-query";
import { recordQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { Field, ObjectSchema, Ref, Value } from "../api/types";
import { titleOf } from "../fields";
import { useFormat } from "../text/format";

const remembered = new Map<string, string>();

/** Remembers the titles of picked references. */
export function titlesOf(value: Value): void {
  for (const ref of Array.isArray(value) ? value : [value]) {
    const { id, title } = (ref ?? {}) as Partial<Ref>;
    if (id && title) remembered.set(id, title);
  }
}

export function useTitles(field: Field, ids: Value): Map<string, string> {
  const schema = useSchema();
  const format = useFormat();
  const target = field.target ? objectNamed(schema, field.target) : undefined;
  const missing = (Array.isArray(ids) && target ? ids : []).filter(
    (id): id is string => typeof id === "string" && id !== "" && id !== "me" && !remembered.has(id),
  );
  const answers = useQueries({
    queries: missing.map((id) => ({
      ...recordQuery(target as ObjectSchema, id),
      enabled: !!target,
      retry: false,
    })),
  });
  for (const { data } of answers) {
    if (data && target) remembered.set(data.id, titleOf(target, data, format));
  }
  return remembered;
}
