import { expect, test } from "vitest";
import { formatDecimal, parseDecimal } from "./number";

test.each([
  ["1,234.50", "1234.50"],
  ["￥１２３４．５", "1234.5"],
  ["-0.1", "-0.1"],
  ["+7.", "7"],
  ["12%", "12"],
  ["", null],
  ["1.2.3", null],
  ["twelve", null],
])("reads %s as %s", (typed, expected) => {
  expect(parseDecimal(typed)).toBe(expected);
});

test("formats more digits than a float holds", () => {
  expect(formatDecimal("9007199254740993.01", "en")).toBe("9,007,199,254,740,993.01");
});
