//! Dates, instants, durations and money as people of a language read them. Knows no field.

import { createContext, use } from "react";
import type { Locale, Money } from "../api/types";
import { formatDecimal } from "./number";

/** What formatting depends on: language, time zone of the person, currency of the firm. */
export interface Format {
  locale: Locale;
  timeZone: string;
  currency: string;
}

/** Given by the guard, so that the thousand cells of a list share one. */
export const FormatContext = createContext<Format | null>(null);

export function useFormat(): Format {
  const format = use(FormatContext);
  if (!format) throw new Error("useFormat is used outside the signed-in part");
  return format;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

/** `"2026-11-23"` → `Nov 23, 2026` / `2026年11月23日`. The day is a calendar day, so no zone is applied. */
export function formatDate(value: string, { locale }: Format): string {
  const date = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return value;
  return dateFormat(locale, {
    year: "numeric",
    month: locale === "en" ? "short" : "long",
    day: "numeric",
    timeZone: "UTC",
  }).format(date);
}

export function formatInstant(value: string, { locale, timeZone }: Format): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return dateFormat(locale, {
    year: "numeric",
    month: locale === "en" ? "short" : "2-digit",
    day: locale === "en" ? "numeric" : "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(date);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** `3 days ago`; the exact instant belongs in the `title`. */
export function formatAgo(value: string, { locale }: Format, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "minute");
}

/** The workspace's own currency by its short sign, others unmistakably (`CN¥`, `JP¥`, `US$`). */
export function formatMoney(value: Money, { locale, currency }: Format): string {
  return formatDecimal(value.amount, locale, {
    style: "currency",
    currency: value.currency,
    currencyDisplay: value.currency === currency ? "narrowSymbol" : "symbol",
  });
}

/** Short form for headings: `¥1.2M`, `¥120万`. */
export function formatMoneyShort(value: Money, { locale, currency }: Format): string {
  return formatDecimal(value.amount, locale, {
    style: "currency",
    currency: value.currency,
    currencyDisplay: value.currency === currency ? "narrowSymbol" : "symbol",
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
}

/** Seconds as `2d 3h`, `5 min`: the two largest units. */
export function formatDuration(seconds: number, { locale }: Format): string {
  const units: [string, number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  let rest = Math.abs(seconds);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) {
      parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count));
    }
  }
  const text =
    parts.join(" ") ||
    new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "short" }).format(0);
  return seconds < 0 ? `−${text}` : text;
}

export function formatCount(value: number, exact: boolean, { locale }: Pick<Format, "locale">): string {
  return new Intl.NumberFormat(locale).format(value) + (exact ? "" : "+");
}

/** A day seen from today: `today`, `in 3 days`, `12 days ago`; further off the day itself. */
export function formatDayFrom(value: string, today: string, format: Format): string {
  const days = Math.round((Date.parse(`${value}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (Number.isNaN(days) || Math.abs(days) > 31) return formatDate(value, format);
  return new Intl.RelativeTimeFormat(format.locale, { numeric: "auto" }).format(days, "day");
}

/** A near instant, without the year: `Nov 24, 09:30`; only the time where it is today. */
export function formatSoon(value: string, today: string, format: Format): string {
  const { locale, timeZone } = format;
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(value));
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return dateFormat(locale, day === today ? time : { month: "short", day: "numeric", ...time }).format(
    new Date(value),
  );
}

/** `November 2026` / `2026年11月`, in the person's time zone. */
export function formatMonth(value: string, { locale, timeZone }: Format): string {
  return dateFormat(locale, { year: "numeric", month: "long", timeZone }).format(new Date(value));
}

/** `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number, { locale }: Pick<Format, "locale">): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step > 1 ? 1 : 0,
  });
  return format.format(bytes / 1000 ** step);
}
