//! The filter language of the API as data: what a filter is, how the builder changes it, what of it is complete. Pure.

import type { Value } from "../api/types";

export interface Condition {
  field: string;
  op: string;
  value?: Value;
}
export type Group = { and: Filter[] } | { or: Filter[] };
export type Filter = Group | { not: Filter } | { search: string } | Condition;

/** Nesting the builder offers; the server allows 8. */
export const depthMax = 3;

export function isGroup(filter: Filter): filter is Group {
  return "and" in filter || "or" in filter;
}

export function isCondition(filter: Filter): filter is Condition {
  return "field" in filter;
}

export function joinOf(group: Group): "and" | "or" {
  return "and" in group ? "and" : "or";
}

export function partsOf(group: Group): Filter[] {
  return "and" in group ? group.and : group.or;
}

export function groupOf(join: "and" | "or", parts: Filter[]): Group {
  return join === "and" ? { and: parts } : { or: parts };
}

const without = new Set(["is_empty", "is_not_empty"]);
const listed = new Set(["in", "not_in", "has_any", "has_all", "has_none"]);

/** How many values an operator takes. */
export function arity(op: string): "none" | "one" | "pair" | "list" | "period" {
  if (without.has(op)) return "none";
  if (listed.has(op)) return "list";
  if (op === "between") return "pair";
  if (op === "within") return "period";
  return "one";
}

const blank = (value: Value): boolean => value === undefined || value === null || value === "";

export function isComplete({ field, op, value }: Condition): boolean {
  if (!field || !op) return false;
  switch (arity(op)) {
    case "none":
      return true;
    case "list":
      return Array.isArray(value) && value.length > 0;
    case "pair":
      return Array.isArray(value) && value.length === 2 && !value.some(blank);
    default:
      return !blank(value);
  }
}

/** The filter without conditions that are still being written and groups left empty; null where nothing remains. */
export function complete(filter: Filter | null | undefined): Filter | null {
  if (!filter) return null;
  if (isCondition(filter)) return isComplete(filter) ? filter : null;
  if ("search" in filter) return filter.search.trim() ? filter : null;
  if ("not" in filter) {
    const inner = complete(filter.not);
    return inner && { not: inner };
  }
  const parts = partsOf(filter).flatMap((part) => complete(part) ?? []);
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] as Filter) : groupOf(joinOf(filter), parts);
}

/** All of these at once; nulls are left out. */
export function both(...filters: (Filter | null | undefined)[]): Filter | null {
  return complete({ and: filters.filter((filter): filter is Filter => !!filter) });
}

/** The filter as a group to edit, whatever it was. */
export function asGroup(filter: Filter | null | undefined): Group {
  if (!filter) return { and: [] };
  return isGroup(filter) ? filter : { and: [filter] };
}

/** The group with the part at that place replaced; null removes it. */
export function withPart(group: Group, index: number, part: Filter | null): Group {
  const parts = partsOf(group).flatMap((old, at) => (at === index ? (part ?? []) : old));
  return groupOf(joinOf(group), parts);
}

export function withAdded(group: Group, part: Filter): Group {
  return groupOf(joinOf(group), [...partsOf(group), part]);
}

/** Conditions in the whole filter, for the badge on the filter button. */
export function countConditions(filter: Filter | null): number {
  if (!filter) return 0;
  if (isGroup(filter)) return partsOf(filter).reduce((sum, part) => sum + countConditions(part), 0);
  if ("not" in filter) return countConditions(filter.not);
  return 1;
}

/** Reads a filter from the URL; anything that is not one counts as none. */
export function parseFilter(text: string | null): Filter | null {
  if (!text) return null;
  try {
    const filter: unknown = JSON.parse(text);
    return typeof filter === "object" && filter !== null && !Array.isArray(filter)
      ? (filter as Filter)
      : null;
  } catch {
    return null;
  }
}

/** Parses `-updated_at,name` and back. */
export interface SortKey {
  field: string;
  descending: boolean;
}

export function parseSort(text: string): SortKey[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((key) =>
      key.startsWith("-") ? { field: key.slice(1), descending: true } : { field: key, descending: false },
    );
}

export function formatSort(keys: SortKey[]): string {
  return keys.map(({ field, descending }) => (descending ? `-${field}` : field)).join(",");
}

/** A click on a header: ascending, descending, then as the view has it. With `add`, beside the others. */
export function cycleSort(text: string, field: string, add: boolean): string {
  const keys = parseSort(text);
  const old = keys.find((key) => key.field === field);
  const next: SortKey[] = old?.descending ? [] : [{ field, descending: !!old }];
  if (!add) return formatSort(next);
  if (!old) return formatSort([...keys, ...next]);
  return formatSort(keys.flatMap((key) => (key.field === field ? next : key)));
}

/** Values a field is narrowed to by a condition at the top that all records must meet. */
export function chosenIn(filter: Filter | null, field: string): string[] {
  if (!filter) return [];
  const parts = "and" in filter ? filter.and : [filter];
  const condition = parts.find(
    (part): part is Condition =>
      isCondition(part) && part.field === field && (part.op === "in" || part.op === "eq"),
  );
  if (!condition) return [];
  return (Array.isArray(condition.value) ? condition.value : [condition.value]).filter(
    (one) => typeof one === "string",
  );
}

/** The filter with that condition instead of the one there was; none for no values. */
export function withChosen(filter: Filter | null, field: string, values: string[]): Filter | null {
  const parts = !filter ? [] : "and" in filter ? filter.and : [filter];
  const others = parts.filter(
    (part) => !(isCondition(part) && part.field === field && (part.op === "in" || part.op === "eq")),
  );
  const condition: Condition[] =
    values.length === 0
      ? []
      : [values.length === 1 ? { field, op: "eq", value: values[0] } : { field, op: "in", value: values }];
  return complete({ and: [...others, ...condition] });
}
