import { expect, test } from "vitest";
import type { Page } from "../api/types";
import { knownRows, learn, pageRows, standOf } from "./window";

const page = (rows: number, next: string | null): Page => ({
  items: Array.from({ length: rows }, (_, index) => ({ id: String(index), version: 1 })),
  next,
});

test("a list is known as far as it was passed, and to its end once that is seen", () => {
  const stand = standOf("passed");
  expect(learn(stand, 0, page(pageRows, "a"))).toBe(true);
  expect(knownRows(stand)).toBe(pageRows);
  expect(learn(stand, 1, page(7, null))).toBe(true);
  expect([knownRows(stand), stand.ended]).toEqual([pageRows + 7, true]);
  expect(learn(stand, 1, page(7, null))).toBe(false);
});

test("rows that come and go move the cursor behind them and forget nothing", () => {
  const stand = standOf("moved");
  learn(stand, 0, page(pageRows, "a"));
  learn(stand, 1, page(pageRows, "b"));
  learn(stand, 2, page(3, null));
  expect(learn(stand, 0, page(pageRows, "a2"))).toBe(true);
  expect(stand.cursors).toEqual([null, "a2", "b"]);
  expect(knownRows(stand)).toBe(2 * pageRows + 3);
  // The last page filled up: there is more again.
  expect(learn(stand, 2, page(pageRows, "c"))).toBe(true);
  expect([knownRows(stand), stand.ended]).toEqual([3 * pageRows, false]);
});
