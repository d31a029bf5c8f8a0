import { expect, test } from "vitest";
import { points, weeks } from "./spark";

test("the weeks end with this one", () => {
  expect(weeks("2026-11-25", 3)).toEqual(["2026-11-09", "2026-11-16", "2026-11-23"]);
});

test("the highest value is at the top, nothing at the bottom", () => {
  expect(points([0, 5, 10], 100, 20)).toEqual([
    [0, 20],
    [50, 10],
    [100, 0],
  ]);
  expect(points([0, 0], 10, 20)).toEqual([
    [0, 20],
    [10, 20],
  ]);
});
