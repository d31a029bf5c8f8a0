//! Durations in seconds, typed in minutes or hours (`90`, `1:30`, `1.5h`, `2d`).

import { formatDuration } from "../text/format";
import { narrow } from "../text/number";
import type { FieldKind } from "./kind";
import { input } from "./lazy";

const sizes: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds from `90` (minutes), `1:30`, `1.5h`, `2d 3h`; null where it is none of these. */
export function parseDuration(text: string): number | null {
  const plain = narrow(text)
    .trim()
    .toLowerCase()
    .replace(/分钟?/g, "m")
    .replace(/小时/g, "h")
    .replace(/天/g, "d")
    .replace(/秒/g, "s");
  const clock = /^(\d+):([0-5]?\d)$/.exec(plain);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60;
  if (/^\d+(\.\d+)?$/.test(plain)) return Math.round(Number(plain) * 60);
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?)\s*([smhd])[a-z]*/g)];
  if (
    parts.length === 0 ||
    parts.map(([whole]) => whole).join("").length < plain.replace(/\s/g, "").length - parts.length
  )
    return null;
  return Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * (sizes[unit ?? "m"] ?? 60), 0),
  );
}

export const duration: FieldKind = {
  text: (value, _field, format) => formatDuration(Number(value), format),
  Input: input("DurationInput"),
  width: 110,
  align: "end",
};
