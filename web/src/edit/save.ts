//! Saves cells: on screen at once, then record by record on the server; what is refused is put back and told.

import type { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";
import { settle, show } from "../api/held";
import { updateRecord } from "../api/records";
import type { CrmRecord, ObjectSchema, Value } from "../api/types";
import { same, sendable } from "../fields";

type Values = Record<string, Value>;

export interface CellChange {
  record: CrmRecord;
  /** Values as they are shown, by field. */
  values: Values;
}

export interface Refusal {
  change: CellChange;
  error: unknown;
}

export interface Saved {
  id: string;
  version: number;
  before: Values;
}

export interface Outcome {
  saved: Saved[];
  refused: Refusal[];
}

/** Calls under way at once; more would only queue in the server. */
const callsMax = 4;

/** Versions this page has made, newer than those in lists that were not asked again yet. */
const versions = new Map<string, number>();
/** Writes to one record follow each other. */
const queues = new Map<string, Promise<unknown>>();

function after<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(id) ?? Promise.resolve()).then(work, work);
  queues.set(id, turn);
  const done = () => queues.get(id) === turn && queues.delete(id);
  turn.then(done, done);
  return turn;
}

function sent(object: ObjectSchema, values: Values): Values {
  return Object.fromEntries(
    object.fields
      .filter(({ name }) => name in values)
      .map((field) => [field.name, sendable(field, values[field.name]) ?? null]),
  );
}

/** Whether what somebody else saved meanwhile leaves these fields as they were when typing began. */
function untouched(object: ObjectSchema, { record, values }: CellChange, current: CrmRecord): boolean {
  return object.fields
    .filter(({ name }) => name in values)
    .every((field) => same(field, record[field.name], current[field.name]));
}

async function write(object: ObjectSchema, change: CellChange): Promise<CrmRecord> {
  const { record, values } = change;
  const body = sent(object, values);
  const version = Math.max(record.version, versions.get(record.id) ?? 0);
  try {
    return await updateRecord(object, record.id, version, body);
  } catch (error) {
    const current = error instanceof Problem && error.code === "stale_version" ? error.current : undefined;
    // Somebody saved something else in this record: both changes can stand.
    if (!current || !untouched(object, change, current)) throw error;
    return updateRecord(object, record.id, current.version, body);
  }
}

/** Saves all; each record stands or falls for itself. */
export async function saveCells(
  client: QueryClient,
  object: ObjectSchema,
  changes: CellChange[],
): Promise<Outcome> {
  const outcome: Outcome = { saved: [], refused: [] };
  const work = changes.map((change) => {
    const { record, values } = change;
    const before = Object.fromEntries(Object.keys(values).map((name) => [name, record[name] ?? null]));
    show(client, object.name, record.id, values);
    return () =>
      after(record.id, () => write(object, change)).then(
        (made) => {
          versions.set(record.id, made.version);
          const fresh = Object.fromEntries(Object.keys(values).map((name) => [name, made[name]]));
          show(client, object.name, record.id, { ...fresh, version: made.version });
          outcome.saved.push({ id: record.id, version: made.version, before });
        },
        (error: unknown) => {
          show(client, object.name, record.id, before);
          outcome.refused.push({ change, error });
        },
      );
  });
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let one = work[next++]; one; one = work[next++]) await one();
  };
  await Promise.all(Array.from({ length: Math.min(callsMax, work.length) }, lane));
  const ids = outcome.saved.map(({ id }) => id);
  void settle(client, object.name, ids);
  return outcome;
}

/** Puts the values back that the saved cells had. */
export async function takeBackCells(
  client: QueryClient,
  object: ObjectSchema,
  saved: Saved[],
): Promise<void> {
  const changes = saved.map(({ id, version, before }) => ({
    record: { id, version } as CrmRecord,
    values: before,
  }));
  const { refused } = await saveCells(client, object, changes);
  if (refused[0]) throw refused[0].error;
}
