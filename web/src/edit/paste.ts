//! A block from the clipboard onto cells: what each cell becomes, with linked records found by their titles.

import type { QueryClient } from "@tanstack/react-query";
import { fewQuery } from "../api/records";
import { objectNamed, writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema, Ref, Schema, Value } from "../api/types";
import { same, titleOf } from "../fields";
import type { Block } from "../list/cells";
import type { Column } from "../list/columns";
import { type Lines, recordAt } from "../list/lines";
import type { Format } from "../text/format";
import { type Read, readCell } from "./read";
import type { CellChange } from "./save";
import { tiled } from "./tsv";

/** Records one paste may change. */
export const pasteRowsMax = 500;
/** Titles looked up in one call. */
const titlesMax = 100;

export interface Around {
  client: QueryClient;
  schema: Schema;
  object: ObjectSchema;
  columns: readonly Column[];
  lines: Lines;
  format: Format;
}

export interface Pasted {
  changes: CellChange[];
  /** Cells that could not be read, or whose record was not found. */
  unreadable: number;
  /** Cells that nobody may write here. */
  readOnly: number;
}

interface Aim {
  record: CrmRecord;
  field: Field;
  read: Read;
}

function fieldOf({ path, field }: Column): Field | undefined {
  return path.includes(".") || !writable(field) ? undefined : field;
}

function aims(around: Around, rows: string[][], at: Block): { aims: Aim[]; readOnly: number } {
  const { columns, lines, format } = around;
  const found: Aim[] = [];
  let readOnly = 0;
  const block = tiled(rows, at.bottom - at.top + 1, at.right - at.left + 1);
  let line = at.top;
  for (const texts of block.slice(0, pasteRowsMax)) {
    // Heads of groups are passed over, as if they were not there.
    while (line < lines.count && lines.at(line) && lines.at(line)?.kind !== "record") line += 1;
    const record = recordAt(lines, line);
    line += 1;
    if (!record) continue;
    texts.forEach((text, offset) => {
      const column = columns[at.left + offset];
      if (!column) return;
      const field = fieldOf(column);
      if (field) found.push({ record, field, read: readCell(field, text, format) });
      else readOnly += 1;
    });
  }
  return { aims: found, readOnly };
}

/** Records of an object by their titles; titles that several carry are not decided here. */
async function find(
  { client, format }: Around,
  target: ObjectSchema,
  titles: string[],
): Promise<Map<string, Ref>> {
  const found = new Map<string, Ref>();
  const twice = new Set<string>();
  for (let from = 0; from < titles.length; from += titlesMax) {
    const value = titles.slice(from, from + titlesMax);
    const filter = { field: target.title_field, op: "in", value };
    const { items } = await client.fetchQuery(fewQuery(target, { filter, limit: 200 }));
    for (const item of items) {
      const title = titleOf(target, item, format);
      if (found.has(title)) twice.add(title);
      found.set(title, { id: item.id, title });
    }
  }
  for (const title of twice) found.delete(title);
  return found;
}

export async function pasted(around: Around, rows: string[][], at: Block): Promise<Pasted> {
  const { aims: all, readOnly } = aims(around, rows, at);
  const wanted = new Map<string, Set<string>>();
  for (const { field, read } of all) {
    if (read.kind !== "titles" || !field.target) continue;
    const titles = wanted.get(field.target) ?? new Set();
    for (const title of read.titles) titles.add(title);
    wanted.set(field.target, titles);
  }
  const known = new Map<string, Map<string, Ref>>();
  for (const [name, titles] of wanted) {
    const target = objectNamed(around.schema, name);
    if (target) known.set(name, await find(around, target, [...titles]));
  }
  const becomes = ({ field, read }: Aim): Value => {
    if (read.kind === "value") return read.value;
    if (read.kind === "unreadable") return undefined;
    const refs = read.titles.map((title) => known.get(field.target ?? "")?.get(title));
    if (refs.some((ref) => !ref)) return undefined;
    return read.many ? refs : refs[0];
  };
  let unreadable = 0;
  const changes = new Map<string, CellChange>();
  for (const aim of all) {
    const value = becomes(aim);
    if (value === undefined) unreadable += 1;
    else if (!same(aim.field, aim.record[aim.field.name], value)) {
      const change = changes.get(aim.record.id) ?? { record: aim.record, values: {} };
      change.values[aim.field.name] = value;
      changes.set(aim.record.id, change);
    }
  }
  return { changes: [...changes.values()], unreadable, readOnly };
}
