//! The mouse and the clipboard over the grid.

import { type ClipboardEvent, type MouseEvent, useRef } from "react";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { blockOf, type Cell } from "./cells";
import { type Lines, recordAt } from "./lines";
import type { ListState } from "./state";
import { editNow, loadEdit, type useEditing } from "./use_editing";

function cellOf(target: EventTarget): Cell | undefined {
  const cell = (target as Element).closest<HTMLElement>("[data-col]");
  const row = cell?.closest<HTMLElement>("[data-row]");
  return cell && row ? { row: Number(row.dataset.row), col: Number(cell.dataset.col) } : undefined;
}

export const inControl = (target: EventTarget): boolean =>
  !!(target as Element).closest("a, button, input, textarea, select, label");

const inText = (target: EventTarget): boolean => !!(target as Element).closest("input, textarea, select");

interface Given {
  object: ObjectSchema;
  state: ListState;
  lines: Lines;
  open: (record: CrmRecord) => void;
}

export function useGridPointer({ object, state, lines, open }: Given, at: ReturnType<typeof useEditing>) {
  const { place, setPlace, editing, doing, node, startEdit } = at;
  const { columns } = state;
  const block = place && blockOf(place);
  /** A link in a cell is followed once one is at the cell; the first press goes there. The title leads on at once. */
  const takesFirst = (event: MouseEvent, cell: Cell): boolean => {
    if (event.ctrlKey || event.metaKey || !(event.target as Element).closest("a")) return false;
    if (columns[cell.col]?.path === object.title_field) return false;
    return event.shiftKey || place?.at.row !== cell.row || place.at.col !== cell.col;
  };
  const chosen = useRef(false);
  return {
    onFocus: () => void loadEdit(),
    onMouseDown: (event: MouseEvent) => {
      const cell = cellOf(event.target);
      if (event.button !== 0 || !cell) return;
      chosen.current = takesFirst(event, cell);
      if (inControl(event.target) && !chosen.current) return;
      event.preventDefault();
      node()?.focus({ preventScroll: true });
      setPlace((old) => ({ at: cell, from: event.shiftKey && old ? old.from : cell }));
    },
    onClickCapture: (event: MouseEvent) => {
      if (!chosen.current) return;
      chosen.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onMouseOver: (event: MouseEvent) => {
      if (event.buttons !== 1 || !place || editing || inControl(event.target)) return;
      const cell = cellOf(event.target);
      if (cell) setPlace({ ...place, at: cell });
    },
    onDoubleClick: (event: MouseEvent) => {
      const cell = cellOf(event.target);
      if (!cell || inControl(event.target)) return;
      if (!startEdit(cell)) {
        const record = recordAt(lines, cell.row);
        if (record) open(record);
      }
    },
    onCopy: (event: ClipboardEvent) => {
      const edit = editNow();
      if (!block || !edit || editing || inText(event.target)) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", edit.copied(doing, block));
    },
    onPaste: (event: ClipboardEvent) => {
      if (!block || editing || inText(event.target)) return;
      const text = event.clipboardData.getData("text/plain");
      if (!text) return;
      event.preventDefault();
      void loadEdit().then((loaded) => loaded.paste(doing, text, block));
    },
  };
}
