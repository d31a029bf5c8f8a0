//! The rows of a list around what is seen. Pages are known by the cursors passed on the way, so that 100,000 rows can
//! be scrolled both ways while only a few pages are held; far ones are dropped and asked again.

import { queryOptions, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo, useReducer } from "react";
import { get } from "../api/client";
import { type ListParams, listQuery } from "../api/records";
import { schemaQuery } from "../api/schema";
import type { CrmRecord, ObjectSchema, Page } from "../api/types";
import { titled } from "./expand";

/** Rows of a page; the server allows 200. */
export const pageRows = 100;
/** Rows beyond the seen ones that are asked before they are needed. */
const aheadRows = 500;
/** The same before anybody scrolls: most lists are looked at from the top only. */
const aheadAtFirst = 60;
/** Pages kept on either side of the seen ones. */
const keptPages = 8;
/** Lists whose place is remembered. */
const standsMax = 40;

/** Where a list stands: the cursors passed so far, and how far it is scrolled. Not rows. */
export interface Stand {
  key: string;
  /** The cursor of each page; the first has none. */
  cursors: (string | null)[];
  /** The last cursor's page ends the list. */
  ended: boolean;
  lastRows: number;
  scrollPx: number;
}

const stands = new Map<string, Stand>();

export function standOf(key: string): Stand {
  const known = stands.get(key);
  if (known) return known;
  const [oldest] = stands.keys();
  if (stands.size >= standsMax && oldest !== undefined) stands.delete(oldest);
  const stand: Stand = { key, cursors: [null], ended: false, lastRows: 0, scrollPx: 0 };
  stands.set(key, stand);
  return stand;
}

/** Rows that are known to be there. */
export function knownRows({ cursors, ended, lastRows }: Stand): number {
  return (cursors.length - 1) * pageRows + (ended ? lastRows : 0);
}

/** Takes in what a page says of the way on; true if that is news. */
export function learn(stand: Stand, index: number, page: Page): boolean {
  if (page.next) {
    const isNews = stand.cursors[index + 1] !== page.next;
    // Rows came or went: the cursors further on still lead somewhere close, and are mended when they are passed.
    stand.cursors[index + 1] = page.next;
    if (stand.cursors.length === index + 2) stand.ended = stand.ended && !isNews;
    return isNews;
  }
  const rows = page.items.length;
  if (stand.ended && stand.cursors.length === index + 1 && stand.lastRows === rows) return false;
  stand.cursors.length = index + 1;
  stand.ended = true;
  stand.lastRows = rows;
  return true;
}

export const pageQuery = (object: ObjectSchema, params: ListParams, cursor: string | null) =>
  queryOptions({
    queryKey: ["list", object.name, params, cursor],
    queryFn: async ({ signal, client }) => {
      const asked = {
        ...listQuery({ ...params, limit: pageRows }),
        cursor,
        count: cursor ? undefined : true,
      };
      const page = await get<Page>(`/${object.plural}`, asked, signal);
      return titled(client.getQueryData(schemaQuery.queryKey), object, params.expand ?? "", page);
    },
    staleTime: 20_000,
  });

export interface Rows {
  stand: Stand;
  /** Rows known so far; there may be more. */
  count: number;
  more: boolean;
  at: (index: number) => CrmRecord | undefined;
  total?: { value: number; exact: boolean };
  pending: boolean;
  error: Error | null;
  retry: () => void;
}

export function standKey(object: ObjectSchema, params: ListParams): string {
  return JSON.stringify([object.name, params]);
}

/** The rows around `first` to `last`, of which the caller may ask `at` any that was seen lately. */
export function useRows(
  object: ObjectSchema,
  params: ListParams,
  first: number,
  last: number,
  enabled = true,
): Rows {
  const client = useQueryClient();
  const [, again] = useReducer((count: number) => count + 1, 0);
  const stand = standOf(standKey(object, params));
  const ahead = first > 0 ? aheadRows : aheadAtFirst;
  const from = Math.max(0, Math.min(stand.cursors.length - 1, Math.floor((first - ahead) / pageRows)));
  const to = Math.max(from, Math.min(stand.cursors.length - 1, Math.floor((last + ahead) / pageRows)));
  const indexes = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
  const pages = useQueries({
    queries: indexes.map((index) => ({
      ...pageQuery(object, params, stand.cursors[index] ?? null),
      enabled,
    })),
  });
  useLayoutEffect(() => {
    let isNews = false;
    pages.forEach(({ data }, offset) => {
      if (!data) return;
      const index = from + offset;
      const before = stand.cursors[index + 1];
      if (!learn(stand, index, data)) return;
      isNews = true;
      const after = stand.cursors[index + 1];
      if (!before || !after) return;
      // The page behind moved a little: what it showed stands until it is asked anew.
      const shown = client.getQueryData(pageQuery(object, params, before).queryKey);
      if (shown) client.setQueryData(pageQuery(object, params, after).queryKey, shown, { updatedAt: 1 });
    });
    if (isNews) again();
  });
  useEffect(() => {
    stand.cursors.forEach((cursor, index) => {
      if (index > from - keptPages && index < to + keptPages) return;
      if (index === 0) return;
      client.removeQueries({ queryKey: pageQuery(object, params, cursor).queryKey, exact: true });
    });
  }, [client, object, params, stand, from, to]);
  const top = client.getQueryData<Page>(pageQuery(object, params, null).queryKey);
  const failed = pages.find(({ isError }) => isError);
  return useMemo(
    () => ({
      stand,
      count: knownRows(stand),
      more: !stand.ended,
      at: (index) => {
        const page = Math.floor(index / pageRows);
        const data =
          pages[page - from]?.data ??
          (page < stand.cursors.length
            ? client.getQueryData<Page>(pageQuery(object, params, stand.cursors[page] ?? null).queryKey)
            : undefined);
        return data?.items[index % pageRows];
      },
      total: top?.count,
      pending: knownRows(stand) === 0 && !stand.ended && !failed,
      error: failed?.error ?? null,
      retry: () => void failed?.refetch(),
    }),
    [stand, pages, from, client, object, params, top, failed],
  );
}

/** Where a page of a list stands in it, and how much of the list is known: for a page's key in the query cache. */
export function placeOf(
  key: readonly unknown[],
): { first: number; known: number; ended: boolean } | undefined {
  const [, object, params, cursor] = key;
  const stand = stands.get(JSON.stringify([object, params]));
  const page = stand?.cursors.indexOf(cursor as string | null) ?? -1;
  return stand && page >= 0
    ? { first: page * pageRows, known: knownRows(stand), ended: stand.ended }
    : undefined;
}
