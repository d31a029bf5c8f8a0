//! The views of an object: those it is declared with, and those people saved for themselves or for all.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../api/client";
import { objectNamed, speaking, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { CrmRecord, ObjectSchema, Page, Ref, View } from "../api/types";
import { parseFilter } from "../filters/filter";
import { savedViews } from "../objects";

/** Saved views asked for. */
const viewsMax = 200;

/** All saved views that the person may see. */
export const savedQuery = queryOptions({
  queryKey: ["list", savedViews.object, "all"],
  queryFn: ({ signal }) =>
    get<Page>(`/${savedViews.plural}`, { limit: viewsMax, sort: "name" }, signal).then(({ items }) => items),
  staleTime: 60_000,
});

/** A view that somebody saved. Its name in the URL is its id. */
export interface SavedView extends View {
  saved: CrmRecord;
}

export function isSaved(view: View): view is SavedView {
  return "saved" in view;
}

function list(text: unknown): string[] {
  try {
    const read: unknown = JSON.parse(String(text || "[]"));
    return Array.isArray(read) ? read.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** A saved view as the screens take it. */
export function toView(record: CrmRecord): SavedView {
  const label = { en: record.name, "zh-CN": record.name };
  return {
    name: record.id,
    label,
    kind: record.kind,
    columns: list(record.columns),
    sort: record.sort ? String(record.sort).split(",") : [],
    filter: record.filter ? parseFilter(record.filter) : null,
    group: record.group,
    sum: record.sum,
    date: record.date,
    saved: record,
  };
}

/** Columns a list shows where the object declares no view. */
const fallbackColumns = 7;

function fallbackView(object: ObjectSchema): View {
  const columns = speaking(object)
    .filter((field) => field.kind !== "long_text")
    .slice(0, fallbackColumns);
  return {
    name: "all",
    label: object.plural_label,
    kind: "list",
    columns: columns.map(({ name }) => name),
    sort: ["-updated_at"],
  };
}

function mineOrShared(record: CrmRecord, me: string): boolean {
  return (record.owner as Ref | null)?.id === me || record.shared === "all";
}

export function useSavedViews(): { views: SavedView[]; pending: boolean } {
  const schema = useSchema();
  const { user } = useMe();
  const may = !!objectNamed(schema, savedViews.object);
  const { data, isPending } = useQuery({ ...savedQuery, enabled: may });
  const views = useMemo(
    () => (data ?? []).filter((record) => mineOrShared(record, user.id)).map(toView),
    [data, user.id],
  );
  return { views, pending: may && isPending };
}

export function useViews(object: ObjectSchema): { views: View[]; pending: boolean } {
  const { views: saved, pending } = useSavedViews();
  const views = useMemo(() => {
    const declared = object.views.length > 0 ? object.views : [fallbackView(object)];
    const own = saved
      .filter((view) => view.saved.object === object.name)
      .map((view) => (view.columns.length > 0 ? view : { ...view, columns: declared[0]?.columns ?? [] }));
    return [...declared, ...own];
  }, [object, saved]);
  return { views, pending };
}

const opensKey = (object: string): string => `guanxi.opens.${object}`;

/** The view a list opens with: the one chosen on this device, else the first there is. */
export function firstView(object: ObjectSchema, views: View[]): View {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(opensKey(object.name));
  } catch {
    // Storage may be refused; then the first it is.
  }
  return (views.find(({ name }) => name === chosen) ?? views[0]) as View;
}

export function openWith(object: ObjectSchema, view: View): void {
  try {
    localStorage.setItem(opensKey(object.name), view.name);
  } catch {
    // As above.
  }
}
