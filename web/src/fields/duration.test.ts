import { expect, test } from "vitest";
import { parseDuration } from "./duration";

test.each([
  ["90", 5400],
  ["1:30", 5400],
  ["1.5h", 5400],
  ["2d 3h", 183_600],
  ["３０分钟", 1800],
  ["soon", null],
])("reads %s", (typed, seconds) => {
  expect(parseDuration(typed)).toBe(seconds);
});
