import { expect, test } from "vitest";
import {
  both,
  type Condition,
  chosenIn,
  complete,
  countConditions,
  cycleSort,
  type Filter,
  isComplete,
  parseFilter,
  withAdded,
  withChosen,
  withPart,
} from "./filter";

const industry: Condition = { field: "account.industry", op: "eq", value: "retail" };
const unfinished: Condition = { field: "amount", op: "between", value: ["1", ""] };

test("conditions still being written are not sent", () => {
  expect(isComplete(industry)).toBe(true);
  expect(isComplete(unfinished)).toBe(false);
  expect(isComplete({ field: "amount", op: "is_empty" })).toBe(true);
  expect(complete({ and: [unfinished, { or: [] }] })).toBeNull();
  expect(complete({ and: [unfinished, { or: [industry] }] })).toEqual(industry);
});

test("a false value is a value", () => {
  expect(isComplete({ field: "active", op: "eq", value: false })).toBe(true);
});

test("view, filter and search are joined", () => {
  expect(both(null, undefined)).toBeNull();
  expect(both(industry, { search: "云帆" })).toEqual({ and: [industry, { search: "云帆" }] });
});

test("the builder changes one place and leaves the rest", () => {
  const group: Filter = { or: [industry] };
  const grown = withAdded(group, { and: [unfinished] });
  expect(countConditions(grown)).toBe(2);
  expect(withPart(grown, 0, null)).toEqual({ or: [{ and: [unfinished] }] });
  expect(group).toEqual({ or: [industry] });
});

test("what is no filter counts as none", () => {
  expect(parseFilter("[1]")).toBeNull();
  expect(parseFilter("{")).toBeNull();
  expect(parseFilter(JSON.stringify(industry))).toEqual(industry);
});

test("headers cycle through ascending, descending and none", () => {
  expect(cycleSort("", "name", false)).toBe("name");
  expect(cycleSort("name", "name", false)).toBe("-name");
  expect(cycleSort("-name", "name", false)).toBe("");
  expect(cycleSort("-amount", "name", true)).toBe("-amount,name");
  expect(cycleSort("-amount,name", "amount", true)).toBe("name");
});

test("a quick filter is one condition of the filter, and goes again", () => {
  const one = withChosen(industry, "level", ["A"]);
  expect(one).toEqual({ and: [industry, { field: "level", op: "eq", value: "A" }] });
  expect(chosenIn(one, "level")).toEqual(["A"]);
  const two = withChosen(one, "level", ["A", "B"]);
  expect(chosenIn(two, "level")).toEqual(["A", "B"]);
  expect(withChosen(two, "level", [])).toEqual(industry);
  expect(withChosen(withChosen(null, "level", ["A"]), "level", [])).toBeNull();
  expect(chosenIn({ or: [{ field: "level", op: "eq", value: "A" }] }, "level")).toEqual([]);
});
