//! Text of a cell to a value of its field and back, the way spreadsheets bring it. Links are looked up afterwards.

import type { Field, Value } from "../api/types";
import { valueText } from "../fields";
import { parseDay } from "../fields/day";
import { parseDuration } from "../fields/duration";
import { blank } from "../fields/kind";
import type { Format } from "../text/format";
import { narrow, parseDecimal } from "../text/number";
import { toUtc, toWall } from "../text/zone";

export type Read =
  | { kind: "value"; value: Value }
  /** Titles of records to be found. */
  | { kind: "titles"; titles: string[]; many: boolean }
  | { kind: "unreadable" };

const value = (read: Value): Read => ({ kind: "value", value: read });
const unreadable: Read = { kind: "unreadable" };

const yes = new Set(["yes", "y", "true", "1", "✓", "√", "\u662f"]);
const no = new Set(["no", "n", "false", "0", "✗", "×", "\u5426"]);
/** Ten thousand and a hundred million, as amounts are written in Chinese. */
const scales: Record<string, number> = { "\u4e07": 4, "\u4ebf": 8 };

/** `1.2万` → `12000`: the point moves, no float is made. */
function shifted(plain: string, places: number): string {
  const [whole = "0", part = ""] = plain.split(".");
  const digits = part.padEnd(places, "0");
  const rest = digits.slice(places);
  return `${whole}${digits.slice(0, places)}${rest ? `.${rest}` : ""}`.replace(/^(-?)0+(?=\d)/, "$1");
}

export function readNumber(text: string): string | null {
  const clean = text.trim();
  const scale = scales[clean.at(-1) ?? ""];
  if (!scale) return parseDecimal(clean);
  const plain = parseDecimal(clean.slice(0, -1));
  return plain === null ? null : shifted(plain, scale);
}

function option(field: Field, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return field.options?.find(
    ({ value: code, label }) =>
      code.toLowerCase() === wanted || label.en.toLowerCase() === wanted || label["zh-CN"] === text.trim(),
  )?.value;
}

const several = (text: string): string[] =>
  text
    .split(/[,，、;；\n]/)
    .map((one) => one.trim())
    .filter(Boolean);

function readInstant(text: string, timeZone: string): string | null {
  const clean = narrow(text).trim().replace("T", " ");
  if (/Z$|[+-]\d\d:\d\d$/.test(clean)) {
    const at = Date.parse(clean.replace(" ", "T"));
    return Number.isNaN(at) ? null : new Date(at).toISOString();
  }
  const [, day = "", hour = "0", minute = "0"] =
    /^(\S+)(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(clean) ?? [];
  const iso = parseDay(day);
  if (!iso || Number(hour) > 23 || Number(minute) > 59) return null;
  return toUtc(`${iso} ${hour.padStart(2, "0")}:${minute}:00`, timeZone);
}

export function readCell(field: Field, text: string, format: Format): Read {
  const clean = text.trim();
  if (clean === "") return value(null);
  const orNot = (read: Value): Read => (read === null || read === undefined ? unreadable : value(read));
  switch (field.kind) {
    case "number": {
      const read = readNumber(clean);
      return orNot(read !== null && /^-?\d{1,15}$/.test(read) ? Number(read) : null);
    }
    case "decimal":
    case "percent":
      return orNot(readNumber(clean));
    case "money": {
      const amount = readNumber(clean.replace(/^([A-Z]{3})\s*|\s*([A-Z]{3})$/g, ""));
      const currency = /^([A-Z]{3})\b|\b([A-Z]{3})$/.exec(clean)?.[0] ?? format.currency;
      return orNot(amount === null ? null : { amount, currency });
    }
    case "date":
      return orNot(parseDay(clean.split(" ")[0] ?? ""));
    case "instant":
      return orNot(readInstant(clean, format.timeZone));
    case "duration":
      return orNot(parseDuration(clean));
    case "yes_no":
      return yes.has(clean.toLowerCase())
        ? value(true)
        : no.has(clean.toLowerCase())
          ? value(false)
          : unreadable;
    case "choice":
      return orNot(option(field, clean));
    case "many_choices": {
      const codes = several(clean).map((one) => option(field, one));
      return codes.every(Boolean) ? value(codes) : unreadable;
    }
    case "link":
    case "person":
      return { kind: "titles", titles: [clean], many: false };
    case "links":
    case "tags":
      return { kind: "titles", titles: several(clean), many: true };
    case "any_link":
      return unreadable;
    case "long_text":
      return value(text);
    default:
      return value(clean);
  }
}

/** A value as a spreadsheet takes it: plain numbers and dates, words for the rest. */
export function cellText(field: Field, of: Value, format: Format): string {
  if (blank(of)) return "";
  switch (field.result ?? field.kind) {
    case "number":
    case "decimal":
    case "percent":
    case "date":
      return String(of);
    case "money":
      return typeof of === "string"
        ? of
        : of.currency === format.currency
          ? of.amount
          : `${of.amount} ${of.currency}`;
    case "instant":
      return toWall(of, format.timeZone).slice(0, 16);
    default:
      return valueText(field, of, format);
  }
}
