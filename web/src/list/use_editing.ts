//! Where one is in the grid and what is edited there; what is done is saved, and what is refused comes back to be mended.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { hold } from "../api/held";
import { useSchema } from "../api/schema";
import type { ObjectSchema, Value } from "../api/types";
import type { Doing } from "../edit";
import type { Way } from "../edit/editor";
import { same } from "../fields";
import { useFormat } from "../text/format";
import { sayProblem } from "../ui/toast";
import { type Cell, nextWritable, type Place } from "./cells";
import { type Lines, recordAt } from "./lines";
import { type Editing, editable } from "./row";
import type { ListState } from "./state";

type Edit = typeof import("../edit");
let edit: Edit | undefined;

/** What edits, if it is here already: the clipboard cannot wait. */
export function editNow(): Edit | undefined {
  return edit;
}

/** Editing comes in a chunk of its own, fetched when somebody steps into a list. */
export async function loadEdit(): Promise<Edit> {
  const [loaded] = await Promise.all([import("../edit"), import("../edit/editor")]);
  edit = loaded;
  return loaded;
}

export interface Within {
  object: ObjectSchema;
  state: ListState;
  lines: Lines;
  scroller: React.RefObject<HTMLDivElement | null>;
  toLine: (index: number) => void;
}

interface At {
  row: number;
  what: Editing;
}

/** While somebody is at a cell, rows keep their places; afterwards the list is put in order again. */
function useHeld(object: string, isIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isIn) return;
    return hold(client, object);
  }, [isIn, object, client]);
}

export function useEditing({ object, state, lines, scroller, toLine }: Within) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const schema = useSchema();
  const format = useFormat();
  const [place, setPlace] = useState<Place>();
  const [editing, setEditing] = useState<At>();
  const { columns } = state;
  const doing: Doing = { client, schema, object, columns, lines, format, t };
  const node = () => scroller.current?.querySelector<HTMLElement>("[role=grid]");
  const go = (at: Cell, extend = false) => {
    setPlace((old) => ({ at, from: extend && old ? old.from : at }));
    toLine(at.row);
    scroller.current
      ?.querySelector(`[role=columnheader][aria-colindex="${at.col + 2}"]:not([style])`)
      ?.scrollIntoView({ inline: "nearest", block: "nearest" });
  };
  const startEdit = ({ row, col }: Cell, typed?: string) => {
    const record = recordAt(lines, row);
    const column = columns[col];
    if (!column || !editable(object, record, column)) return false;
    void loadEdit();
    if (column.field.kind === "yes_no" && record) done(row, col, !record[column.path], "stay");
    else setEditing({ row, what: { col, typed } });
    return true;
  };
  const done = (row: number, col: number, value: Value, way: Way) => {
    const record = recordAt(lines, row);
    const column = columns[col];
    setEditing(undefined);
    // The focus goes back to the grid, unless the person has gone elsewhere already.
    const active = document.activeElement;
    if (way !== "stay" || !active || active === document.body || node()?.contains(active)) node()?.focus();
    if (record && column && !same(column.field, record[column.path], value)) {
      void loadEdit()
        .then((loaded) => loaded.saveOne(doing, record, column.path, value))
        .then((error) => error && refused({ row, col }, value, error));
    }
    const writable = columns.map((one) => editable(object, record, one));
    if (way === "down") go({ row: Math.min(lines.count - 1, row + 1), col });
    else if (way === "next" || way === "back") {
      const next = nextWritable({ row, col }, way === "back", lines.count, writable);
      go(next);
      startEdit(next);
    }
  };
  /** What was typed is put back into the cell with the reason; if another cell is being edited, it is only said. */
  const refused = ({ row, col }: Cell, value: Value, error: unknown) => {
    const field = columns[col]?.path;
    const own = error instanceof Problem ? error.errors.find((one) => one.field === field) : undefined;
    if (!own) sayProblem(error);
    setEditing(
      (now) =>
        now ?? { row, what: { col, draft: { value, error: own?.message ?? (error as Error).message } } },
    );
  };
  useHeld(object.name, !!place);
  return { place, setPlace, editing, setEditing, doing, node, go, startEdit, done };
}
