//! The records before and after this one in the list one came from. Knows only what that list has loaded.

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { ObjectSchema, Page } from "../api/types";

export interface Neighbours {
  before?: string;
  after?: string;
  /** 1 for the first. */
  place: number;
  loaded: number;
  more: boolean;
}

export function useNeighbours(object: ObjectSchema, id: string): Neighbours | undefined {
  const client = useQueryClient();
  const lists = client
    .getQueryCache()
    .findAll({ queryKey: ["list", object.name] })
    .map(({ state }) => state)
    .sort((a, b) => b.dataUpdatedAt - a.dataUpdatedAt);
  for (const { data } of lists) {
    const pages = (data as InfiniteData<Page> | undefined)?.pages ?? [];
    const ids = pages.flatMap(({ items }) => items.map((item) => item.id));
    const at = ids.indexOf(id);
    if (at >= 0)
      return {
        before: ids[at - 1],
        after: ids[at + 1],
        place: at + 1,
        loaded: ids.length,
        more: !!pages.at(-1)?.next,
      };
  }
  return undefined;
}
