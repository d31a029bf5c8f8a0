//! Keeps what a list shows as a view, changes one, deletes one. The screens around it are elsewhere.

import type { QueryClient } from "@tanstack/react-query";
import { createRecord, deleteRecord, restoreRecord, updateRecord, type Values } from "../api/records";
import { objectNamed } from "../api/schema";
import type { CrmRecord, ObjectSchema, Schema, View } from "../api/types";
import { writeColumns } from "../list/columns";
import type { ListState } from "../list/state";
import { savedViews } from "../objects";
import type { SavedView } from "./views";
import { savedQuery } from "./views";

export interface Kept {
  name: string;
  kind: View["kind"];
  shared: "me" | "team" | "all";
  pinned: boolean;
  group: string | null;
  date: string | null;
}

/** What is shown now, as a saved view holds it. */
export function shown(state: ListState): Values {
  return {
    filter: state.filter ? JSON.stringify(state.filter) : null,
    columns: JSON.stringify(writeColumns(state.columns)),
    sort: state.sort || null,
  };
}

function viewObject(schema: Schema): ObjectSchema {
  const object = objectNamed(schema, savedViews.object);
  if (!object) throw new Error("views cannot be saved here");
  return object;
}

const refresh = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: savedQuery.queryKey });

export async function keepView(
  client: QueryClient,
  schema: Schema,
  object: ObjectSchema,
  state: ListState,
  kept: Kept,
): Promise<CrmRecord> {
  const sum = state.view.sum ?? object.views.find((view) => view.sum)?.sum ?? null;
  const values = { ...shown(state), ...kept, sum: kept.kind === "board" ? sum : null, object: object.name };
  const made = await createRecord(viewObject(schema), values, crypto.randomUUID());
  await refresh(client);
  return made;
}

export async function changeView(
  client: QueryClient,
  schema: Schema,
  view: SavedView,
  values: Values,
): Promise<void> {
  await updateRecord(viewObject(schema), view.saved.id, view.saved.version, values);
  await refresh(client);
}

export async function dropView(
  client: QueryClient,
  schema: Schema,
  view: SavedView,
): Promise<() => Promise<void>> {
  const object = viewObject(schema);
  await deleteRecord(object, view.saved.id, view.saved.version);
  await refresh(client);
  return async () => {
    await restoreRecord(object, view.saved.id);
    await refresh(client);
  };
}
