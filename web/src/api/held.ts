//! Lists in which somebody is at a cell stay in their order: what changes is shown in its place, and rows do not jump.

import type { QueryClient } from "@tanstack/react-query";
import { post } from "./client";
import { changed } from "./records";
import { schemaQuery } from "./schema";
import type { CrmRecord, ObjectSchema, Page, Value } from "./types";

const held = new Map<string, number>();

/** Objects of which something changed while they were held. */
const waiting = new Set<string>();

/** Holds the lists of an object until the answer is called; then they are put in order, if they need it. */
export function hold(client: QueryClient, object: string): () => void {
  held.set(object, (held.get(object) ?? 0) + 1);
  return () => {
    const left = (held.get(object) ?? 1) - 1;
    if (left > 0) {
      held.set(object, left);
      return;
    }
    held.delete(object);
    if (waiting.delete(object)) void changed(client, object);
  };
}

const shown = new Set(["list", "few", "record"]);

interface Shown {
  items?: CrmRecord[];
  pages?: { items: CrmRecord[] }[];
  id?: string;
}

function replaced(items: CrmRecord[], id: string, values: Record<string, Value>): CrmRecord[] {
  return items.some((one) => one.id === id)
    ? items.map((one) => (one.id === id ? { ...one, ...values } : one))
    : items;
}

/** Puts values into every list, board and page that shows the record. */
export function show(client: QueryClient, object: string, id: string, values: Record<string, Value>): void {
  client.setQueriesData<Shown>(
    { predicate: ({ queryKey: [kind, name] }) => shown.has(String(kind)) && name === object },
    (data) => {
      if (!data) return data;
      if (data.items) {
        const items = replaced(data.items, id, values);
        return items === data.items ? data : { ...data, items };
      }
      if (data.pages)
        return {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: replaced(page.items, id, values) })),
        };
      return data.id === id ? { ...data, ...values } : data;
    },
  );
}

/** Records looked at one by one; more are asked for with the whole list. */
const idsMax = 100;

function isShown(client: QueryClient, object: string, id: string): boolean {
  return client
    .getQueriesData<Shown>({
      predicate: ({ queryKey: [kind, name] }) => shown.has(String(kind)) && name === object,
    })
    .some(([, data]) => data?.items?.some((one) => one.id === id));
}

async function showNow(client: QueryClient, object: ObjectSchema, ids: string[]): Promise<void> {
  const filter = { field: "id", op: "in", value: ids };
  const { items } = await post<Page>(`/${object.plural}/query`, { filter, limit: ids.length });
  for (const item of items) show(client, object.name, item.id, item);
}

/** Records of an object changed: its lists are asked anew, or where they are held, only these records. */
export async function settle(client: QueryClient, name: string, ids: readonly string[]): Promise<void> {
  const object = client.getQueryData(schemaQuery.queryKey)?.objects.find((one) => one.name === name);
  if (!object || !held.has(name)) return changed(client, name);
  const here = [...new Set(ids)].filter((id) => isShown(client, name, id));
  if (here.length > idsMax) return changed(client, name);
  const lists = new Set(["list", "few"]);
  await client.invalidateQueries({
    predicate: ({ queryKey: [kind, of] }) => !lists.has(String(kind)) && of === name,
  });
  waiting.add(name);
  if (here.length > 0) await showNow(client, object, here);
}
