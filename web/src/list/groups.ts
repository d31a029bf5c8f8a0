//! A list gathered under the values of a field: its groups with their totals, and the first records of the open ones.

import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { aggregateQuery, fewQuery } from "../api/records";
import { fieldAt, useSchema } from "../api/schema";
import type { Field, Group, ObjectSchema, Schema, Value } from "../api/types";
import { both, type Filter } from "../filters/filter";
import { type Column, totalOf } from "./columns";
import { titled } from "./expand";
import type { GroupHead, Line, Lines } from "./lines";
import { asking, type ListState } from "./state";

const groupable = new Set(["choice", "link", "person", "yes_no", "date", "instant"]);
/** Groups shown; a field with more values is no field to group by. */
const groupsMax = 200;
/** Groups that stand open at first. */
const openAtFirst = 8;
/** Records of an open group, and how many more are shown at a time. */
const stepRows = 50;
const shownMax = 200;

export function groupFields(object: ObjectSchema): Field[] {
  return object.fields.filter(
    ({ name, kind, result }) => name !== "id" && name !== "deleted_at" && groupable.has(result ?? kind),
  );
}

function dated(field: Field): boolean {
  const kind = field.result ?? field.kind;
  return kind === "date" || kind === "instant";
}

/** The day a month's group ends on. */
function monthEnd(start: string): string {
  const [year = 0, month = 0] = start.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The records of one group as a filter. */
export function groupFilter(field: Field, path: string, value: Value): Filter {
  if (value === null || value === undefined) return { field: path, op: "is_empty" };
  if (dated(field)) return { field: path, op: "between", value: [value, monthEnd(String(value))] };
  return { field: path, op: "eq", value: typeof value === "object" ? value.id : value };
}

export function groupId(value: Value): string {
  if (value === null || value === undefined) return "none";
  return String(typeof value === "object" ? value.id : value);
}

/** Measures asked for groups and for the foot of a list. */
export function measures(columns: readonly Column[]): string {
  const asked = columns.flatMap((column) => {
    const total = totalOf(column);
    return total ? [`${total}:${column.path}`] : [];
  });
  return [...new Set(["count", ...asked])].join(",");
}

/** Options in their declared order, people and dates as they come, "none" last. */
function inOrder(field: Field, groups: Group[]): Group[] {
  const places = new Map((field.options ?? []).map(({ value }, index) => [value, index]));
  const place = ({ key: [value] }: Group): number => {
    if (value === null || value === undefined) return Number.POSITIVE_INFINITY;
    return places.get(String(value)) ?? places.size;
  };
  return [...groups].sort((a, b) => place(a) - place(b) || 0).slice(0, groupsMax);
}

export interface Grouped extends Lines {
  field: Field | undefined;
  pending: boolean;
  error: Error | null;
  toggle: (id: string) => void;
  toggleAll: () => void;
  more: (id: string) => void;
  /** Records of all groups. */
  total: number;
  heads: GroupHead[];
}

export function groupField(schema: Schema, object: ObjectSchema, path: string | null): Field | undefined {
  const field = path ? fieldAt(schema, object, path) : undefined;
  return field && groupable.has(field.result ?? field.kind) ? field : undefined;
}

export function useGroups(object: ObjectSchema, state: ListState): Grouped {
  const schema = useSchema();
  const path = state.group;
  const field = groupField(schema, object, path);
  const [flipped, setFlipped] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const by = field && dated(field) ? `${path}:month` : (path ?? "");
  const groups = useQuery({
    ...aggregateQuery(object, by, measures(state.columns), state.asked, state.q),
    enabled: !!field,
  });
  const heads = useMemo(() => {
    if (!field) return [];
    return inOrder(field, groups.data?.groups ?? []).map(
      (totals): GroupHead => ({ id: groupId(totals.key[0]), value: totals.key[0], totals }),
    );
  }, [field, groups.data]);
  const isOpen = (index: number, id: string) => flipped.has(id) !== index < openAtFirst;
  const open = heads.filter(({ id }, index) => isOpen(index, id));
  const pages = useQueries({
    queries: open.map(({ id, value }) =>
      fewQuery(object, {
        filter: both(state.asked, groupFilter(field as Field, path ?? "", value)),
        q: state.q,
        sort: state.sort,
        ...asking(object, state.columns),
        limit: shown.get(id) ?? stepRows,
      }),
    ),
  });
  const { expand = "" } = asking(object, state.columns);
  const lines = heads.flatMap((head, index): (Line | undefined)[] => {
    if (!isOpen(index, head.id)) return [{ kind: "group", head, open: false }];
    const page = pages[open.indexOf(head)];
    const rows = page?.data && titled(schema, object, expand, page.data).items;
    const count = head.totals.count ?? 0;
    const waiting = Array.from({ length: Math.min(count, 3) }, () => undefined);
    return [
      { kind: "group", head, open: true },
      ...(rows ? rows.map((record): Line => ({ kind: "record", record })) : waiting),
      ...(rows && rows.length < count ? [{ kind: "more" as const, head, waiting: !!page?.isFetching }] : []),
    ];
  });
  const flip = (ids: string[]) => {
    const next = new Set(flipped);
    for (const id of ids) if (!next.delete(id)) next.add(id);
    setFlipped(next);
  };
  return {
    field,
    pending: !!field && groups.isPending,
    error: groups.error,
    count: lines.length,
    at: (index) => lines[index],
    toggle: (id) => flip([id]),
    toggleAll: () => {
      const wanted = open.length > 0 ? open : heads;
      flip(wanted.map(({ id }) => id));
    },
    more: (id) =>
      setShown(new Map(shown).set(id, Math.min(shownMax, (shown.get(id) ?? stepRows) + stepRows))),
    total: heads.reduce((sum, { totals }) => sum + (totals.count ?? 0), 0),
    heads,
  };
}

/** Whether a group shows all it can here; the rest is a filter away. */
export function isFull(shownRows: number): boolean {
  return shownRows >= shownMax;
}
