//! The records before and after this one in the list one came from. Knows only what that list has loaded.

import { type InfiniteData, type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { ObjectSchema, Page } from "../api/types";
import { placeOf } from "../list/window";

export interface Neighbours {
  before?: string;
  after?: string;
  /** 1 for the first. */
  place: number;
  loaded: number;
  more: boolean;
}

type Loaded = InfiniteData<Page> | Page | undefined;

/** A windowed list keeps each page under the cursor it begins with: those before and behind follow from that. */
function around(client: QueryClient, key: QueryKey, page: Page): Page[] {
  const list = key.slice(0, -1);
  const cursor = key.at(-1);
  const after = page.next ? client.getQueryData<Page>([...list, page.next]) : undefined;
  const before = client
    .getQueriesData<Page>({ queryKey: list })
    .find(([, one]) => one?.next !== undefined && one.next !== null && one.next === cursor)?.[1];
  return [before, page, after].filter((one): one is Page => !!one);
}

export function useNeighbours(object: ObjectSchema, id: string): Neighbours | undefined {
  const client = useQueryClient();
  const lists = client
    .getQueryCache()
    .findAll({ queryKey: ["list", object.name] })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  for (const { queryKey, state } of lists) {
    const data = state.data as Loaded;
    if (!data) continue;
    const own = "items" in data ? data.items.findIndex((item) => item.id === id) : -1;
    if ("items" in data && own < 0) continue;
    const pages = "pages" in data ? data.pages : around(client, queryKey, data);
    const ids = pages.flatMap(({ items }) => items.map((item) => item.id));
    const at = ids.indexOf(id);
    if (at < 0) continue;
    const place = placeOf(queryKey);
    return {
      before: ids[at - 1],
      after: ids[at + 1],
      place: place ? place.first + own + 1 : at + 1,
      loaded: place?.known ?? ids.length,
      more: place ? !place.ended : !!pages.at(-1)?.next,
    };
  }
  return undefined;
}
