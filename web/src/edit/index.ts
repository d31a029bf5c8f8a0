//! What a list does to cells beyond showing them, in a chunk of its own: copy, paste, clear, save, take back.

import type { TFunction } from "i18next";
import { writable } from "../api/schema";
import type { CrmRecord, Value } from "../api/types";
import { same } from "../fields";
import { valueAt } from "../fields/cell";
import type { Block } from "../list/cells";
import { recordAt } from "../list/lines";
import { say, sayProblem, sayWithUndo } from "../ui/toast";
import { rememberUndo } from "../ui/undo";
import { type Around, pasted } from "./paste";
import { cellText } from "./read";
import { type CellChange, type Outcome, saveCells, takeBackCells } from "./save";
import { readBlock, writeBlock } from "./tsv";

export interface Doing extends Around {
  t: TFunction;
}

/** The chosen block as text for a spreadsheet. */
export function copied({ lines, columns, format }: Around, { top, bottom, left, right }: Block): string {
  const rows: string[][] = [];
  for (let row = top; row <= bottom; row += 1) {
    const record = recordAt(lines, row);
    if (!record) continue;
    rows.push(
      columns.slice(left, right + 1).map(({ path, field }) => cellText(field, valueAt(record, path), format)),
    );
  }
  return writeBlock(rows);
}

function takenBack({ client, object }: Around, outcome: Outcome): () => Promise<void> {
  return () => takeBackCells(client, object, outcome.saved);
}

/** Saves many cells and says so, with one undo for all. */
async function saveAll(doing: Doing, changes: CellChange[]): Promise<void> {
  const { t, client, object } = doing;
  const outcome = await saveCells(client, object, changes);
  const count = outcome.saved.length;
  if (count > 0) sayWithUndo(t("bulk.done", { count }), takenBack(doing, outcome));
  if (outcome.refused[0]) sayProblem(outcome.refused[0].error);
}

export async function paste(doing: Doing, text: string, at: Block): Promise<void> {
  const { t } = doing;
  try {
    const { changes, unreadable, readOnly } = await pasted(doing, readBlock(text), at);
    if (changes.length > 0) await saveAll(doing, changes);
    if (unreadable > 0) say(t("cells.unreadable", { count: unreadable }));
    else if (changes.length === 0) say(t(readOnly > 0 ? "cells.read_only" : "cells.same"));
  } catch (error) {
    sayProblem(error);
  }
}

/** Empties the chosen cells, where that is allowed. */
export async function clear(doing: Doing, block: Block): Promise<void> {
  const { columns, lines, t } = doing;
  const changes: CellChange[] = [];
  for (let row = block.top; row <= block.bottom; row += 1) {
    const record = recordAt(lines, row);
    if (!record) continue;
    const values: Record<string, Value> = {};
    for (const { path, field } of columns.slice(block.left, block.right + 1)) {
      if (path.includes(".") || !writable(field) || field.required) continue;
      if (!same(field, record[path], null)) values[path] = null;
    }
    if (Object.keys(values).length > 0) changes.push({ record, values });
  }
  if (changes.length > 0) await saveAll(doing, changes);
  else say(t("cells.read_only"));
}

/** Saves one cell quietly; Ctrl Z takes it back. Gives the error if it was refused. */
export async function saveOne(doing: Doing, record: CrmRecord, name: string, value: Value): Promise<unknown> {
  const outcome = await saveCells(doing.client, doing.object, [{ record, values: { [name]: value } }]);
  if (outcome.refused[0]) return outcome.refused[0].error;
  rememberUndo(takenBack(doing, outcome));
  return undefined;
}
