//! Calendar days as people type them.

import { narrow } from "../text/number";

/** `2026-1-5`, `2026/01/05`, `20260105`, `2026年1月5日` → `2026-01-05`; null where it is no day. */
export function parseDay(text: string): string | null {
  const found = /^(\d{4})[-/.\u5e74]?(\d{1,2})[-/.\u6708]?(\d{1,2})\u65e5?$/.exec(narrow(text).trim());
  if (!found) return null;
  const [, year, month = "", day = ""] = found;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}
