//! What a search finds: all objects at once, or where it is narrowed further, the lists of each.

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { fewQuery, searchQuery } from "../api/records";
import { may, useSchema } from "../api/schema";
import type { ObjectSchema, SearchHit } from "../api/types";
import { titleOf, valueText } from "../fields";
import { both, type Filter } from "../filters/filter";
import { useFormat } from "../text/format";

/** Since when what is found was changed. */
export const sinces = ["last_7_days", "last_30_days", "last_365_days"] as const;
export type Since = (typeof sinces)[number];

export function isSince(text: string | null): text is Since {
  return sinces.some((since) => since === text);
}

export interface Asked {
  q: string;
  /** The one object that is searched. */
  only: string | null;
  mine: boolean;
  since: Since | undefined;
}

export interface Hits {
  hits: SearchHit[];
  pending: boolean;
  error: Error | null;
  retry: () => void;
}

/** Hits asked for at once, and of each object where each is asked for itself. */
const hitsMax = 60;
const eachMax = 15;

function ownerOf(object: ObjectSchema): string | undefined {
  return object.fields.find(({ name, kind }) => name === "owner" && kind === "person")?.name;
}

function narrowing(object: ObjectSchema, { mine, since }: Asked): Filter | null {
  const owner = ownerOf(object);
  return both(
    mine && owner ? { field: owner, op: "eq", value: "me" } : null,
    since ? { field: "updated_at", op: "within", value: since } : null,
  );
}

export function useHits(asked: Asked): Hits {
  const { q, only, mine, since } = asked;
  const schema = useSchema();
  const format = useFormat();
  const narrowed = mine || !!since;
  const plain = useQuery({
    ...searchQuery(narrowed ? "" : q, only ? [only] : [], hitsMax),
    placeholderData: keepPreviousData,
  });
  const objects = schema.objects.filter(
    (object) =>
      object.searchable &&
      !object.hidden &&
      may(object, "read") &&
      (!only || object.name === only) &&
      (!mine || ownerOf(object)),
  );
  const lists = useQueries({
    queries: objects.map((object) => ({
      ...fewQuery(object, {
        q,
        filter: narrowing(object, asked),
        sort: "-updated_at",
        fields: [object.title_field, object.subtitle_field, "updated_at"].filter(Boolean).join(","),
        limit: only ? hitsMax : eachMax,
      }),
      enabled: narrowed && !!q,
    })),
  });
  if (!narrowed) {
    return {
      hits: q ? (plain.data?.items ?? []) : [],
      pending: plain.isFetching && !plain.data,
      error: plain.error,
      retry: () => void plain.refetch(),
    };
  }
  const hits = objects.flatMap((object, index): SearchHit[] => {
    const subtitle = object.fields.find(({ name }) => name === object.subtitle_field);
    return (lists[index]?.data?.items ?? []).map((record) => ({
      object: object.name,
      id: record.id,
      title: titleOf(object, record, format),
      subtitle: subtitle ? valueText(subtitle, record[subtitle.name], format) : null,
      updated_at: record.updated_at,
    }));
  });
  const failed = lists.find(({ isError }) => isError);
  return {
    hits: hits.sort((a, b) => (b.updated_at ?? "").localeCompare(a.updated_at ?? "")).slice(0, hitsMax),
    pending: !!q && lists.some(({ isPending }) => isPending),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
