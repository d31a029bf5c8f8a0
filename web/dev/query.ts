//! Filters, sorts and pages over the mock's arrays: enough of the API's behaviour to work on the UI.

import type { CrmRecord, Value } from "../src/api/types";

const at = (record: Value, path: string): Value =>
  path.split(".").reduce((value, part) => value?.[part], record);
const plain = (value: Value): Value =>
  value?.amount !== undefined ? Number(value.amount) : (value?.id ?? value);
const num = (value: Value): Value =>
  typeof value === "string" && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;

export function matches(record: CrmRecord, filter: Value, me: string): boolean {
  if (!filter) return true;
  if (filter.and) return filter.and.every((part: Value) => matches(record, part, me));
  if (filter.or) return filter.or.some((part: Value) => matches(record, part, me));
  if (filter.not) return !matches(record, filter.not, me);
  if (filter.search) return searched(record, filter.search);
  const value = at(record, filter.field);
  const a = num(plain(value));
  const b = num(filter.value === "me" ? me : plain(filter.value));
  const list = Array.isArray(filter.value) ? filter.value.map((one: Value) => num(plain(one))) : [];
  const ids = Array.isArray(value) ? value.map(plain) : [];
  switch (filter.op) {
    case "eq":
      return a === b;
    case "ne":
      return a !== b;
    case "lt":
      return a < b;
    case "lte":
      return a <= b;
    case "gt":
      return a > b;
    case "gte":
      return a >= b;
    case "between":
      return a >= list[0] && a <= list[1];
    case "in":
      return list.includes(a);
    case "not_in":
      return !list.includes(a);
    case "starts_with":
      return String(value ?? "").startsWith(filter.value);
    case "is_empty":
      return value == null || value === "" || (ids.length === 0 && Array.isArray(value));
    case "is_not_empty":
      return !(value == null || value === "");
    case "has_any":
      return list.some((one: Value) => ids.includes(one));
    case "has_all":
      return list.every((one: Value) => ids.includes(one));
    case "has_none":
      return !list.some((one: Value) => ids.includes(one));
    default:
      return true;
  }
}

export function searched(record: CrmRecord, q: string): boolean {
  const text = Object.values(record)
    .map((value) => (typeof value === "object" ? (value?.title ?? "") : value))
    .join(" ")
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function sorted(records: CrmRecord[], sort: string): CrmRecord[] {
  const keys = sort.split(",").filter(Boolean);
  return [...records].sort((x, y) => {
    for (const key of keys) {
      const down = key.startsWith("-");
      const name = down ? key.slice(1) : key;
      const [a, b] = [at(x, name), at(y, name)].map((value) => value?.title ?? num(plain(value)) ?? "");
      const order = typeof a === "string" ? String(a).localeCompare(String(b), "zh-CN") : a - b;
      if (order) return down ? -order : order;
    }
    return 0;
  });
}
