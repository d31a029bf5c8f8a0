//! Acts on many records at once, in as few calls as the server allows, taken back as one.

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { post } from "../api/client";
import { type BulkInput, bulk, changed, undoBulk } from "../api/records";
import type { BulkResult, CrmRecord, ObjectSchema, Page, Ref } from "../api/types";
import { both } from "../filters/filter";
import { say, sayProblem, sayWithUndo } from "../ui/toast";
import type { Selection } from "./selection";
import type { ListState } from "./state";

/** Ids a call takes; more go in several calls, undone together. */
const idsMax = 1000;
/** Records whose tags are looked at one by one. */
export const taggedMax = 5000;

export type Act = Pick<BulkInput, "action" | "values">;

async function byIds(object: ObjectSchema, ids: string[], act: Act): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (let from = 0; from < ids.length; from += idsMax) {
    results.push(await bulk(object, { ...act, ids: ids.slice(from, from + idsMax) }));
  }
  return results;
}

export function useBulk(object: ObjectSchema, state: ListState, selection: Selection) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act | { field: string; add: Ref[]; remove: Ref[] }): Promise<BulkResult[]> => {
      if ("field" in act) return tag(object, state, selection, act);
      if (!selection.all) return byIds(object, [...selection.ids], act);
      return bulk(object, { ...act, filter: selection.filter(state.asked, state.q) }).then((one) => [one]);
    },
    onSuccess: (results) => {
      selection.clear();
      tell(client, object, results, t);
    },
    onError: sayProblem,
  });
}

function tell(
  client: QueryClient,
  object: ObjectSchema,
  results: BulkResult[],
  t: ReturnType<typeof useTranslation>["t"],
): void {
  void changed(client, object.name);
  const done = results.reduce((sum, result) => sum + result.done, 0);
  const failed = results.flatMap((result) => result.failed);
  const undo = async () => {
    for (const result of [...results].reverse()) await undoBulk(result.id);
    await changed(client, object.name);
  };
  if (done > 0) sayWithUndo(t("bulk.done", { count: done }), undo);
  if (failed.length > 0) {
    say(t("bulk.failed", { count: failed.length, reason: failed[0]?.problems[0]?.message ?? "" }));
  }
}

/** The chosen records with one field of theirs. */
async function chosen(
  object: ObjectSchema,
  state: ListState,
  selection: Selection,
  field: string,
): Promise<CrmRecord[]> {
  const ids = both({ field: "id", op: "in", value: [...selection.ids] });
  const filter = selection.all ? selection.filter(state.asked, state.q) : ids;
  const found: CrmRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await post(`/${object.plural}/query`, {
      filter,
      fields: field,
      limit: 200,
      cursor: cursor ?? undefined,
    });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor && found.length < taggedMax);
  return found;
}

/** Adds and removes tags and leaves the others: records that end alike are written together. */
async function tag(
  object: ObjectSchema,
  state: ListState,
  selection: Selection,
  { field, add, remove }: { field: string; add: Ref[]; remove: Ref[] },
): Promise<BulkResult[]> {
  const gone = new Set(remove.map(({ id }) => id));
  const alike = new Map<string, string[]>();
  for (const record of await chosen(object, state, selection, field)) {
    const before = ((record[field] ?? []) as Ref[]).map(({ id }) => id);
    const after = [...new Set([...before.filter((id) => !gone.has(id)), ...add.map(({ id }) => id)])];
    if (after.length === before.length && after.every((id) => before.includes(id))) continue;
    const key = JSON.stringify(after.sort());
    alike.set(key, [...(alike.get(key) ?? []), record.id]);
  }
  const results: BulkResult[] = [];
  for (const [key, ids] of alike) {
    results.push(...(await byIds(object, ids, { action: "update", values: { [field]: JSON.parse(key) } })));
  }
  return results;
}
