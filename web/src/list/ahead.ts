//! Fetches the first page of an object's list as it will be asked for, and the code that draws it.

import type { QueryClient } from "@tanstack/react-query";
import { schemaQuery } from "../api/schema";
import type { CrmRecord, ObjectSchema, View } from "../api/types";
import type { Filter } from "../filters/filter";
import { preferencesOf } from "../shell/preferences";
import { firstView, savedQuery, toView } from "../views/views";
import { readColumns } from "./columns";
import { asking } from "./state";
import { pageQuery } from "./window";

/** The code that draws lists, before anybody asks for one. */
export function listCode(): void {
  void import("./page");
  void import("../views/actions");
}

export function listAhead(client: QueryClient, object: ObjectSchema): void {
  listCode();
  const schema = client.getQueryData(schemaQuery.queryKey);
  const saved = client.getQueryData<CrmRecord[]>(savedQuery.queryKey) ?? [];
  const views: View[] = [...object.views, ...saved.filter((one) => one.object === object.name).map(toView)];
  const view = firstView(object, views, preferencesOf(client));
  if (!schema || !view || view.kind !== "list" || view.group) return;
  const params = {
    filter: (view.filter ?? null) as Filter | null,
    q: "",
    sort: (view.sort ?? []).join(","),
    ...asking(object, readColumns(schema, object, view.columns)),
    deleted: false,
  };
  void client.prefetchQuery(pageQuery(object, params, null));
}
