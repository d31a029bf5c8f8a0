//! The columns of a list as one short text, in the URL and in saved views: order, width, total, what is pinned.

import { fieldAt } from "../api/schema";
import type { Field, ObjectSchema, Schema } from "../api/types";
import { kindOf } from "../fields";

export type Total = "sum" | "avg" | "min" | "max" | "none";

export interface Column {
  path: string;
  field: Field;
  /** Pixels, where somebody chose them. */
  width?: number;
  total?: Total;
  /** Stays in sight when the rest is scrolled aside. */
  pinned: boolean;
}

/** Pixels a column may be narrowed or widened to. */
export const widthMin = 64;
export const widthMax = 800;
/** Columns shown at once. */
export const columnsMax = 40;

const totals = new Set(["sum", "avg", "min", "max", "none"]);
/** Stands after the pinned columns. */
const fence = "|";

/** `["name~280", "|", "amount~~avg"]` → columns; fields that are not there (any more) are left out. */
export function readColumns(schema: Schema, object: ObjectSchema, texts: readonly string[]): Column[] {
  const at = texts.indexOf(fence);
  const pinnedTo = Math.max(0, at);
  const columns = texts
    .filter((text) => text !== fence)
    .slice(0, columnsMax)
    .flatMap((text, index) => {
      const [path = "", width = "", total = ""] = text.split("~");
      const field = fieldAt(schema, object, path);
      if (!field) return [];
      const column: Column = { path, field, pinned: index < pinnedTo };
      if (/^\d+$/.test(width)) column.width = clampWidth(Number(width));
      if (totals.has(total)) column.total = total as Total;
      return [column];
    });
  return titleFirst(object, columns);
}

/** The title leads, whatever the order: it says whose row it is. What leads stays in sight. */
function titleFirst(object: ObjectSchema, columns: Column[]): Column[] {
  const title = columns.filter(({ path }) => path === object.title_field);
  const rest = columns.filter(({ path }) => path !== object.title_field);
  return [...title, ...rest].map((column, index) => (index === 0 ? { ...column, pinned: true } : column));
}

export function writeColumns(columns: readonly Column[]): string[] {
  const pinned = columns.filter((column) => column.pinned).length;
  const texts = columns.map(({ path, width, total }) =>
    [path, width ?? "", total ?? ""].join("~").replace(/~+$/, ""),
  );
  return pinned === 1 ? texts : [...texts.slice(0, pinned), fence, ...texts.slice(pinned)];
}

export function clampWidth(width: number): number {
  return Math.round(Math.max(widthMin, Math.min(widthMax, width)));
}

/** Moves one column before the other; pinned ones stay together in front. */
export function moved(columns: readonly Column[], from: number, to: number): Column[] {
  const next = [...columns];
  const [column] = next.splice(from, 1);
  if (!column) return next;
  next.splice(to, 0, column);
  return [...next.filter(({ pinned }) => pinned), ...next.filter(({ pinned }) => !pinned)];
}

const summed = new Set(["number", "decimal", "money", "percent", "duration"]);
const ranged = new Set(["date", "instant"]);

/** What can be said of all values of a column. */
export function totalsOf(field: Field): Total[] {
  const kind = field.result ?? field.kind;
  if (summed.has(kind)) return ["sum", "avg", "min", "max"];
  return ranged.has(kind) ? ["min", "max"] : [];
}

/** What is said of it unless somebody chose: amounts are added up. */
export function totalOf({ field, path, total }: Column): Total | undefined {
  if (total) return total === "none" ? undefined : total;
  if (path.includes(".")) return undefined;
  return (field.result ?? field.kind) === "money" ? "sum" : undefined;
}

/** Width of the first column unless somebody chose. */
const titlePx = 240;

export function widthOf(column: Column, index: number): number {
  return column.width ?? (index === 0 ? titlePx : kindOf(column.field).width);
}

/** The grid's columns: chosen widths are exact, others share what is left. */
export function template(columns: readonly Column[]): string {
  // What lies under several pinned columns is placed by their widths, so these are exact too.
  const exact = columns.filter(({ pinned }) => pinned).length > 1;
  const widths = columns.map((column, index) =>
    column.width || (exact && column.pinned)
      ? `${widthOf(column, index)}px`
      : `minmax(${widthOf(column, index)}px, ${index === 0 ? 2 : 1}fr)`,
  );
  const filler = columns.every(({ width }) => width) ? " minmax(0, 1fr)" : "";
  return `40px ${widths.join(" ")}${filler}`;
}

/** Pixels from the left at which each pinned column stays. */
export function offsets(columns: readonly Column[]): (number | undefined)[] {
  let left = checkPx;
  return columns.map((column, index) => {
    if (!column.pinned) return undefined;
    const at = left;
    left += widthOf(column, index);
    return at;
  });
}

/** The column of check boxes before all others. */
const checkPx = 40;
