import { expect, test } from "vitest";
import { toUtc, toWall } from "./zone";

test.each([
  ["2026-11-23 16:00:00", "Asia/Shanghai", "2026-11-23T08:00:00Z"],
  ["2026-07-01 09:00:00", "Europe/Berlin", "2026-07-01T07:00:00Z"],
  ["2026-03-29 03:00:00", "Europe/Berlin", "2026-03-29T01:00:00Z"],
])("%s in %s is %s", (wall, zone, utc) => {
  expect(toUtc(wall, zone)).toBe(utc);
  expect(toWall(utc, zone)).toBe(wall);
});
