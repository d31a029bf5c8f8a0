//! What a list shows, kept in the URL: view, search, filter, sort, columns, grouping, bin. Back and links restore it.

import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectSchema, View } from "../api/types";
import { type Filter, parseFilter } from "../filters/filter";
import { firstView, useViews } from "../views/views";
import { type Column, readColumns, writeColumns } from "./columns";
import { expandOf, withoutPaths } from "./expand";

export type { Column } from "./columns";

export interface ListState {
  view: View;
  views: View[];
  /** Saved views are still on their way, and the one asked for may be among them. */
  pending: boolean;
  q: string;
  /** What is asked: the view's filter, or the one put in its place. */
  filter: Filter | null;
  asked: Filter | null;
  sort: string;
  columns: Column[];
  /** The field whose values the rows are gathered under. */
  group: string | null;
  deleted: boolean;
  /** Whether what is shown differs from the view as it is saved. */
  changed: boolean;
  set: (change: Record<string, string | null>) => void;
  setFilter: (filter: Filter | null) => void;
  setColumns: (columns: readonly Column[]) => void;
  /** Back to the view as it is saved. */
  reset: () => void;
}

/** Parameters that belong to a view; another view starts without them. */
const ofView = ["filter", "sort", "columns", "group", "within", "lanes", "span", "date"];
export const freshView: Record<string, null> = Object.fromEntries(ofView.map((name) => [name, null]));
/** In the URL: no filter, although the view has one. */
const noFilter = "none";

export function useListState(object: ObjectSchema): ListState {
  const schema = useSchema();
  const [params, setParams] = useSearchParams();
  const { views, pending } = useViews(object);
  const { preferences } = useMe();
  const wanted = params.get("view");
  const filterText = params.get("filter");
  const columnText = params.get("columns");
  const view = useMemo(
    () => views.find(({ name }) => name === wanted) ?? firstView(object, views, preferences),
    [object, views, wanted, preferences],
  );
  const filter = useMemo(
    () => (filterText ? parseFilter(filterText) : ((view.filter ?? null) as Filter | null)),
    [view, filterText],
  );
  const columns = useMemo(
    () => readColumns(schema, object, columnText ? columnText.split(",") : view.columns),
    [schema, object, view, columnText],
  );
  const set = (change: Record<string, string | null>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [key, value] of Object.entries(change)) {
          if (value === null || value === "") next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  const plain = view.kind === "list" ? (view.group ?? null) : null;
  return {
    view,
    views,
    pending: pending && !!wanted && wanted !== view.name,
    q: params.get("q") ?? "",
    filter,
    asked: filter,
    sort: params.get("sort") ?? (view.sort ?? []).join(","),
    columns,
    group: params.has("group") ? params.get("group") || null : plain,
    deleted: params.get("deleted") === "1",
    changed: ["filter", "sort", "columns", "group"].some((name) => params.has(name)),
    set,
    setFilter: (next) => {
      const same = JSON.stringify(next) === JSON.stringify(view.filter ?? null);
      set({ filter: same ? null : next ? JSON.stringify(next) : noFilter });
    },
    setColumns: (next) => {
      const text = writeColumns(next).join(",");
      set({ columns: text === view.columns.join(",") ? null : text });
    },
    reset: () => set(freshView),
  };
}

/** What is asked of each record: the columns and what names it, and the links that columns pass. */
export function asking(
  object: ObjectSchema,
  columns: readonly Column[],
): { fields: string; expand?: string } {
  const paths = columns.map(({ path }) => path);
  const title = [object.title_field, object.subtitle_field].filter((name): name is string => !!name);
  return { fields: withoutPaths([...title, ...paths]).join(","), expand: expandOf(paths) || undefined };
}
