//! The keys of the grid, and what its rows may ask for.

import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { useNavigate } from "react-router";
import { recordQuery } from "../api/records";
import type { CrmRecord } from "../api/types";
import { blockOf, isBlock, stepOf } from "./cells";
import { inControl, useGridPointer } from "./grid_pointer";
import { recordAt } from "./lines";
import type { RowActs } from "./row";
import type { Selection } from "./selection";
import { loadEdit, useEditing, type Within } from "./use_editing";

interface Given extends Within {
  selection: Selection;
  onPeek: (id: string) => void;
  onToggle?: (id: string) => void;
}

/** Milliseconds the pointer rests on a row before its record is fetched ahead. */
const restMs = 120;

export function useGridKeys(given: Given) {
  const { object, state, lines } = given;
  const navigate = useNavigate();
  const at = useEditing(given);
  const open = (record: CrmRecord) => void navigate(`/${object.plural}/${record.id}`);
  const pointer = useGridPointer({ object, state, lines, open }, at);
  const acts = useRowActs(given, at, open);
  const on = { ...pointer, onKeyDown: (event: KeyboardEvent) => press(event, given, at, open) };
  return { place: at.place, editing: at.editing, acts, on };
}

type At = ReturnType<typeof useEditing>;
type Open = (record: CrmRecord) => void;

function useRowActs({ object, scroller, selection }: Given, { done, setEditing }: At, open: Open): RowActs {
  const client = useQueryClient();
  const latest = useRef({ selection, done, open });
  latest.current = { selection, done, open };
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useMemo<RowActs>(
    () => ({
      select: (index, id, range) => latest.current.selection.toggle(index, id, range),
      done: (index, col, value, way) => latest.current.done(index, col, value, way),
      leave: () => {
        setEditing(undefined);
        scroller.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
      },
      open: (record) => latest.current.open(record),
      hover: (record) => {
        clearTimeout(rest.current);
        rest.current = setTimeout(() => {
          void import("../record/page");
          void client.prefetchQuery(recordQuery(object, record.id));
        }, restMs);
      },
    }),
    [client, object, scroller, setEditing],
  );
}

/** Goes, edits, selects, opens: what a key does at the cell one is at. */
function press(event: KeyboardEvent, given: Given, cells: At, open: Open): void {
  const { object, state, lines, selection, onPeek, onToggle } = given;
  const { place, setPlace, editing, setEditing, doing, node, go, startEdit } = cells;
  const { columns } = state;
  if (event.nativeEvent.isComposing || event.keyCode === 229 || event.altKey) return;
  // Keys on a link or a heading are theirs, but for those that lead on.
  const own = event.target === event.currentTarget;
  if (!own && inControl(event.target) && !event.key.startsWith("Arrow")) return;
  if (!own && (event.target as Element).closest("[role=columnheader]")) return;
  const mod = event.ctrlKey || event.metaKey;
  if (editing) {
    // The editor is still on its way: what is typed meanwhile waits for it.
    if (event.key.length !== 1 || mod) return;
    setEditing({ ...editing, what: { ...editing.what, typed: (editing.what.typed ?? "") + event.key } });
    event.preventDefault();
    return;
  }
  const at = place?.at ?? { row: -1, col: 0 };
  const step = { j: "ArrowDown", k: "ArrowUp" }[event.key];
  const isTitle = columns[at.col]?.path === object.title_field || at.row < 0;
  const record = recordAt(lines, at.row);
  const line = lines.at(at.row);
  const to = stepOf(isTitle && step && !mod ? { key: step } : event, at, lines.count, columns.length);
  if (to) {
    go(to, event.shiftKey);
    if (to.row !== at.row || own) node()?.focus();
  } else if (line && line.kind !== "record" && (event.key === "Enter" || event.key === " "))
    onToggle?.(line.head.id);
  else if (mod && event.key === "a")
    setPlace({ from: { row: 0, col: 0 }, at: { row: lines.count - 1, col: columns.length - 1 } });
  else if (mod) return;
  else if (event.key === "F2") startEdit(at);
  else if (event.key === "Enter" && own && record) {
    if (isTitle || !startEdit(at)) open(record);
  } else if (event.key === "Escape") {
    if (place && isBlock(place)) setPlace({ at, from: at });
    else if (selection.some) selection.clear();
    else setPlace(undefined);
  } else if ((event.key === "Delete" || event.key === "Backspace") && place && !isTitle) {
    void loadEdit().then((loaded) => loaded.clear(doing, blockOf(place)));
  } else if (event.key.toLowerCase() === "x" && isTitle && record) {
    selection.toggle(at.row, record.id, event.shiftKey);
  } else if (event.key === "a" && isTitle && record) {
    const col = columns.findIndex(({ field }) => field.kind === "person");
    if (col < 0) return;
    go({ row: at.row, col });
    startEdit({ row: at.row, col });
  } else if (event.key === " " && record) {
    onPeek(record.id);
  } else if (event.key.length === 1 && !isTitle) {
    if (!startEdit(at, event.key)) return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
