//! The list behind a number: its address, with the filter it was counted by.

import type { ObjectSchema } from "../api/types";
import type { Filter } from "../filters/filter";

/** The object's first plain list, so that the filter is all that narrows it. */
export function listAddress(object: ObjectSchema, filter: Filter | null, sort?: string): string {
  const view = object.views.find(({ kind, filter: own }) => kind === "list" && !own) ?? object.views[0];
  const search = new URLSearchParams();
  if (view) search.set("view", view.name);
  if (filter) search.set("filter", JSON.stringify(filter));
  if (sort) search.set("sort", sort);
  return `/${object.plural}?${search}`;
}
