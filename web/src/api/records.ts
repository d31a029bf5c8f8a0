//! Queries and writes of records, the same for every object. Not tied to any screen.

import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import type { Filter } from "../filters/filter";
import { call, get, post } from "./client";
import type {
  BulkResult,
  CrmRecord,
  Explanation,
  Group,
  HistoryItem,
  ObjectSchema,
  Page,
  Ref,
  SearchHit,
  TimelineItem,
} from "./types";

export interface ListParams {
  filter?: Filter | null;
  q?: string;
  sort?: string;
  fields?: string;
  /** Links whose records are given whole. */
  expand?: string;
  deleted?: boolean;
  limit?: number;
  /** How many there are in all is asked too. */
  count?: boolean;
}

/** Rows asked for at once; the server allows 200. */
const pageRows = 100;

export function listQuery(params: ListParams) {
  return {
    filter: params.filter ? JSON.stringify(params.filter) : undefined,
    q: params.q,
    sort: params.sort,
    fields: params.fields,
    expand: params.expand,
    deleted: params.deleted || undefined,
    limit: params.limit ?? pageRows,
    count: params.count || undefined,
  };
}

export const recordsQuery = (object: ObjectSchema, params: ListParams) =>
  infiniteQueryOptions<Page, Error, InfiniteData<Page>, readonly unknown[], string | null>({
    queryKey: ["list", object.name, params],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `/${object.plural}`,
        { ...listQuery(params), cursor: pageParam, count: pageParam ? undefined : true },
        signal,
      ),
    getNextPageParam: (last) => last.next,
    staleTime: 20_000,
  });

/** One short page, for typeahead, board columns of links and related lists. */
export const fewQuery = (object: ObjectSchema, params: ListParams) =>
  queryOptions({
    queryKey: ["few", object.name, params],
    queryFn: ({ signal }) => get<Page>(`/${object.plural}`, listQuery(params), signal),
    staleTime: 20_000,
  });

export const aggregateQuery = (
  object: ObjectSchema,
  group: string,
  measure: string,
  filter: Filter | null,
  q = "",
) =>
  queryOptions({
    queryKey: ["aggregate", object.name, group, measure, filter, q],
    queryFn: ({ signal }) =>
      get<{ groups: Group[]; truncated: boolean }>(
        `/${object.plural}/aggregate`,
        { group, measure, filter: filter ? JSON.stringify(filter) : undefined, q },
        signal,
      ),
    staleTime: 20_000,
  });

export const recordQuery = (object: ObjectSchema, id: string, asOf?: string) =>
  queryOptions({
    queryKey: ["record", object.name, id, asOf ?? null],
    queryFn: ({ signal }) => get<CrmRecord>(`/${object.plural}/${id}`, { as_of: asOf }, signal),
    staleTime: 10_000,
  });

export const historyQuery = (object: ObjectSchema, id: string) =>
  infiniteQueryOptions({
    queryKey: ["history", object.name, id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: HistoryItem[]; next: string | null }>(
        `/${object.plural}/${id}/history`,
        { limit: 50, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (last) => last.next,
  });

export const timelineQuery = (object: ObjectSchema, id: string, kinds?: string) =>
  infiniteQueryOptions({
    queryKey: ["timeline", object.name, id, kinds ?? null],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: TimelineItem[]; next: string | null }>(
        `/${object.plural}/${id}/timeline`,
        { kinds, limit: 50, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (last) => last.next,
  });

export const explainQuery = (object: ObjectSchema, id: string, user: string, field: string | null) =>
  queryOptions({
    queryKey: ["explain", object.name, id, user, field],
    queryFn: ({ signal }) =>
      get<Explanation>(`/${object.plural}/${id}/explain`, { user, field: field ?? undefined }, signal),
  });

export const searchQuery = (q: string, objects: string[] = [], limit = 20) =>
  queryOptions({
    queryKey: ["search", q, objects, limit],
    queryFn: ({ signal }) =>
      get<{ items: SearchHit[] }>("/search", { q, objects: objects.join(","), limit }, signal),
    enabled: q.trim().length > 0,
    staleTime: 20_000,
  });

export type Values = Record<string, unknown>;

/** Creates a record; the key makes a repeated click or a retried request harmless. */
export function createRecord(object: ObjectSchema, values: Values, key: string): Promise<CrmRecord> {
  return post<CrmRecord>(`/${object.plural}`, values, { "Idempotency-Key": key });
}

export function updateRecord(
  object: ObjectSchema,
  id: string,
  version: number,
  values: Values,
): Promise<CrmRecord> {
  return call<CrmRecord>("PATCH", `/${object.plural}/${id}`, {
    body: values,
    headers: { "If-Match": `"${version}"` },
  });
}

export function deleteRecord(object: ObjectSchema, id: string, version: number): Promise<void> {
  return call<void>("DELETE", `/${object.plural}/${id}`, { headers: { "If-Match": `"${version}"` } });
}

export function restoreRecord(object: ObjectSchema, id: string): Promise<CrmRecord> {
  return post<CrmRecord>(`/${object.plural}/${id}/restore`);
}

export interface BulkInput {
  action: string;
  ids?: string[];
  filter?: Filter;
  values?: Values;
}

export function bulk(object: ObjectSchema, input: BulkInput): Promise<BulkResult> {
  return post<BulkResult>(`/${object.plural}/bulk`, input);
}

export function undoBulk(id: string): Promise<BulkResult> {
  return post<BulkResult>(`/bulk/${id}/undo`);
}

export function runCommand(
  object: ObjectSchema,
  id: string,
  version: number,
  command: string,
  inputs: Values,
): Promise<{ record: CrmRecord; made: Required<Ref>[] }> {
  return call("POST", `/${object.plural}/${id}/commands/${command}`, {
    body: inputs,
    headers: { "If-Match": `"${version}"` },
  });
}

/** Query kinds whose second key part is the object they show. */
const ofObject = new Set(["list", "few", "aggregate", "record", "history", "timeline"]);

/** Marks what is shown of these objects as stale; a link's title may sit in any list, so lists of others too. */
export function changed(client: QueryClient, ...names: string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [kind, object] }) =>
      ofObject.has(String(kind)) && (names.includes(String(object)) || kind === "timeline"),
  });
}

export interface Merged {
  /** The act, by which it is undone; none for a trial. */
  id: string | null;
  record: CrmRecord;
  moved: { object: string; field: string; count: number; first: Ref[] }[];
}

export interface MergeInput {
  other: string;
  version: number;
  other_version: number;
  take: string[];
  join: string[];
  dry_run: boolean;
}

export function mergeRecords(object: ObjectSchema, id: string, input: MergeInput): Promise<Merged> {
  return post<Merged>(`/${object.plural}/${id}/merge`, input);
}
