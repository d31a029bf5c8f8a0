import { expect, test } from "vitest";
import { daysOf, isDay, monday, plusMonths, sideBySide, step } from "./days";

test("a month shows whole weeks from Monday", () => {
  const days = daysOf("month", "2026-11-23");
  expect([days[0], days.at(-1), days.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
  expect(daysOf("month", "2027-02-10")).toHaveLength(28);
  expect(daysOf("week", "2026-11-29")[0]).toBe("2026-11-23");
  expect(monday("2026-11-23")).toBe("2026-11-23");
});

test("months are stepped to their last day where they are shorter", () => {
  expect(plusMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(step("month", "2026-01-15", -1)).toBe("2025-12-15");
  expect(step("week", "2026-12-30", 1)).toBe("2027-01-06");
});

test("what is no day is none", () => {
  expect([isDay("2026-11-23"), isDay("2026-13-40"), isDay("today"), isDay(null)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

const items = [
  { item: "a", start: 540, minutes: 60 },
  { item: "b", start: 570, minutes: 60 },
  { item: "c", start: 600, minutes: 30 },
  { item: "d", start: 700, minutes: 30 },
];

test("overlapping items stand side by side, others take the whole width", () => {
  expect(sideBySide(items).placed.map(({ item, column, columns }) => [item, column, columns])).toEqual([
    ["a", 0, 2],
    ["b", 1, 2],
    ["c", 0, 2],
    ["d", 0, 1],
  ]);
});

test("what has no room is counted where it begins", () => {
  const { placed, rests } = sideBySide(items, 1);
  expect(placed.map(({ item }) => item)).toEqual(["a", "c", "d"]);
  expect(rests).toEqual([{ start: 570, count: 1 }]);
});
