//! From wall-clock time in a zone to UTC and back, with `Intl` alone. Skipped hours move forward.

function offsetMs(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(at / 1000) * 1000;
}

/** `"2026-11-23 16:00:00"` in the zone → `"2026-11-23T08:00:00Z"`. */
export function toUtc(wall: string, zone: string): string {
  const naive = Date.parse(`${wall.replace(" ", "T")}Z`);
  const guess = naive - offsetMs(zone, naive);
  const exact = naive - offsetMs(zone, guess);
  return new Date(exact).toISOString().replace(/\.\d+Z$/, "Z");
}

/** `"2026-11-23T08:00:00Z"` → `"2026-11-23 16:00:00"` in the zone. */
export function toWall(instant: string, zone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetMs(zone, at)).toISOString().slice(0, 19).replace("T", " ");
}
