import { expect, test } from "vitest";
import { readBlock, tiled, writeBlock } from "./tsv";

test.each([
  [
    "a\tb\r\nc\td\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["张三", [["张三"]]],
  ['"two\nlines"\tnext', [["two\nlines", "next"]]],
  ['"say ""hi"""', [['say "hi"']]],
  ['19" screen\t1', [['19" screen', "1"]]],
  ['"open\tend', [['"open', "end"]]],
  ["a\t\tb", [["a", "", "b"]]],
])("reads %j", (text, rows) => {
  expect(readBlock(text)).toEqual(rows);
});

test("what is written is read back", () => {
  const rows = [
    ["plain", 'with "quotes"', "two\nlines"],
    ["", "tab\there", "末"],
  ];
  expect(readBlock(writeBlock(rows))).toEqual(rows);
});

test("a block fills a larger one it fits into", () => {
  expect(tiled([["x"]], 2, 2)).toEqual([
    ["x", "x"],
    ["x", "x"],
  ]);
  expect(tiled([["a"], ["b"]], 3, 1)).toEqual([["a"], ["b"]]);
});
