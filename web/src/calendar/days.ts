//! Calendar days as `yyyy-mm-dd` and what lies around them. Weeks begin on Monday. No zone: these are days, not instants.

export type Span = "month" | "week" | "day";

const dayMs = 86_400_000;

function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function plus(day: string, days: number): string {
  return new Date(at(day) + days * dayMs).toISOString().slice(0, 10);
}

export function between(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / dayMs);
}

/** 0 is Monday. */
export function weekday(day: string): number {
  return (new Date(at(day)).getUTCDay() + 6) % 7;
}

export function monday(day: string): string {
  return plus(day, -weekday(day));
}

export function isDay(text: string | null): text is string {
  return !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at(text));
}

/** The same day so many months on; the last of the month where there is none. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** All days shown around `day`: whole weeks of its month, its week, or itself. */
export function daysOf(span: Span, day: string): string[] {
  if (span === "day") return [day];
  const from = span === "week" ? monday(day) : monday(`${day.slice(0, 8)}01`);
  const lastOfMonth = plus(plusMonths(`${day.slice(0, 8)}01`, 1), -1);
  const count = span === "week" ? 7 : between(from, plus(monday(lastOfMonth), 7));
  return Array.from({ length: count }, (_, index) => plus(from, index));
}

/** One step of the span on or back. */
export function step(span: Span, day: string, by: 1 | -1): string {
  if (span === "month") return plusMonths(day, by);
  return plus(day, by * (span === "week" ? 7 : 1));
}

export interface Placed<T> {
  item: T;
  /** Minutes from midnight. */
  start: number;
  minutes: number;
  /** Which of so many columns it takes, where several overlap. */
  column: number;
  columns: number;
}

/** Items for which there was no room side by side. */
export interface Rest {
  start: number;
  count: number;
}

/** Items side by side where their times overlap, at most so many; the rest of each bunch is counted. */
export function sideBySide<T>(
  items: { item: T; start: number; minutes: number }[],
  most = Number.POSITIVE_INFINITY,
): { placed: Placed<T>[]; rests: Rest[] } {
  const sorted = [...items].sort((a, b) => a.start - b.start || b.minutes - a.minutes);
  const placed: Placed<T>[] = [];
  const rests: Rest[] = [];
  let bunch: Placed<T>[] = [];
  let until = -1;
  const close = () => {
    const columns = Math.min(most, Math.max(0, ...bunch.map(({ column }) => column)) + 1);
    for (const one of bunch) one.columns = columns;
    placed.push(...bunch.filter(({ column }) => column < columns));
    const over = bunch.filter(({ column }) => column >= columns);
    if (over[0]) rests.push({ start: over[0].start, count: over.length });
    bunch = [];
  };
  for (const { item, start, minutes } of sorted) {
    if (start >= until) close();
    const taken = new Set(bunch.filter((one) => one.start + one.minutes > start).map(({ column }) => column));
    let column = 0;
    while (taken.has(column)) column += 1;
    bunch.push({ item, start, minutes, column, columns: 1 });
    until = Math.max(until, start + minutes);
  }
  close();
  return { placed, rests };
}
