//! What a list shows, kept in the URL: view, search, filter, sort, columns, bin. Back and links restore it.

import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { fieldAt, speaking, useSchema } from "../api/schema";
import type { Field, ObjectSchema, View } from "../api/types";
import { both, type Filter, parseFilter } from "../filters/filter";

export interface Column {
  path: string;
  field: Field;
}

export interface ListState {
  view: View;
  q: string;
  filter: Filter | null;
  /** The view's filter and the person's together: what is asked. */
  asked: Filter | null;
  sort: string;
  columns: Column[];
  deleted: boolean;
  set: (change: Record<string, string | null>) => void;
}

/** Columns a list shows where the object declares no view. */
const columnsMax = 7;

export function fallbackView(object: ObjectSchema): View {
  const columns = speaking(object)
    .filter((field) => field.kind !== "long_text")
    .slice(0, columnsMax);
  return {
    name: "all",
    label: object.plural_label,
    kind: "list",
    columns: columns.map(({ name }) => name),
    sort: ["-updated_at"],
  };
}

export function viewsOf(object: ObjectSchema): View[] {
  return object.views.length > 0 ? object.views : [fallbackView(object)];
}

export function useListState(object: ObjectSchema): ListState {
  const schema = useSchema();
  const [params, setParams] = useSearchParams();
  const viewName = params.get("view");
  const filterText = params.get("filter");
  const columnText = params.get("columns");
  const view = useMemo(() => {
    const views = viewsOf(object);
    return views.find(({ name }) => name === viewName) ?? (views[0] as View);
  }, [object, viewName]);
  const filter = useMemo(() => parseFilter(filterText), [filterText]);
  const asked = useMemo(() => both(view.filter as Filter | null, filter), [view, filter]);
  const columns = useMemo(() => {
    const paths = columnText ? columnText.split(",") : view.columns;
    return paths.flatMap((path) => {
      const field = fieldAt(schema, object, path);
      return field ? { path, field } : [];
    });
  }, [schema, object, view, columnText]);
  return {
    view,
    q: params.get("q") ?? "",
    filter,
    asked,
    sort: params.get("sort") ?? (view.sort ?? []).join(","),
    columns,
    deleted: params.get("deleted") === "1",
    set: (change) =>
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
      ),
  };
}

/** Fields to ask for: the columns and what names the record. Paths are asked by their first link as well. */
export function fieldsAsked(object: ObjectSchema, columns: Column[]): string {
  const names = columns.map(({ path }) => path);
  const title = [object.title_field, object.subtitle_field].filter((name): name is string => !!name);
  return [...new Set([...title, ...names])].join(",");
}
