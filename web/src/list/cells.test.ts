import { expect, test } from "vitest";
import { blockOf, nextWritable, stepOf } from "./cells";

test.each([
  [{ key: "ArrowDown" }, { row: 2, col: 1 }],
  [
    { key: "ArrowUp", ctrlKey: true },
    { row: 0, col: 1 },
  ],
  [{ key: "End" }, { row: 1, col: 3 }],
  [
    { key: "Home", metaKey: true },
    { row: 0, col: 0 },
  ],
  [{ key: "PageDown" }, { row: 9, col: 1 }],
  [{ key: "q" }, undefined],
])("%o leads on", (key, expected) => {
  expect(stepOf(key, { row: 1, col: 1 }, 10, 4)).toEqual(expected);
});

test("Tab passes what cannot be written and turns at the end of a row", () => {
  const writable = [true, false, true];
  expect(nextWritable({ row: 0, col: 0 }, false, 2, writable)).toEqual({ row: 0, col: 2 });
  expect(nextWritable({ row: 0, col: 2 }, false, 2, writable)).toEqual({ row: 1, col: 0 });
  expect(nextWritable({ row: 0, col: 0 }, true, 2, writable)).toEqual({ row: 0, col: 0 });
});

test("a block is the same from whichever corner it was drawn", () => {
  expect(blockOf({ at: { row: 1, col: 4 }, from: { row: 3, col: 2 } })).toEqual({
    top: 1,
    bottom: 3,
    left: 2,
    right: 4,
  });
});
