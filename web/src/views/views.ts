//! The views of an object: those it is declared with, and those people saved for themselves or for all.

import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../api/client";
import { objectNamed, speaking, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { CrmRecord, ObjectSchema, Page, Preferences, Ref, View } from "../api/types";
import { parseFilter } from "../filters/filter";
import { savedViews } from "../objects";
import { changePreferences, preferencesOf } from "../shell/preferences";

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

/** Administrators see all views there are; in their lists are their own and the shared ones. */
function mineOrShared(record: CrmRecord, me: string): boolean {
  return (record.owner as Ref | null)?.id === me || record.shared !== "me";
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

/** The view a list opens with: the one the person chose, else the first there is. */
export function firstView(object: ObjectSchema, views: View[], { opens }: Preferences): View {
  const chosen = opens[object.name];
  return (views.find(({ name }) => name === chosen) ?? views[0]) as View;
}

export function openWith(client: QueryClient, object: ObjectSchema, view: View): void {
  const { opens } = preferencesOf(client);
  void changePreferences(client, { opens: { ...opens, [object.name]: view.name } });
}
