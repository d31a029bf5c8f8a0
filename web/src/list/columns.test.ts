import { expect, test } from "vitest";
import type { Field, ObjectSchema, Schema } from "../api/types";
import { moved, readColumns, template, totalOf, writeColumns } from "./columns";

const field = (name: string, kind: string): Field => ({ name, kind, label: { en: name, "zh-CN": name } });
const object = {
  name: "thing",
  title_field: "name",
  fields: [field("name", "text"), field("city", "text"), field("amount", "money"), field("size", "number")],
} as ObjectSchema;
const schema = { objects: [object] } as Schema;
const read = (...texts: string[]) => readColumns(schema, object, texts);

test.each([
  [["name", "city", "amount"]],
  [["name~300", "city", "amount~~avg"]],
  [["name", "city~90", "|", "amount"]],
])("%s is written as it was read", (texts) => {
  expect(writeColumns(read(...texts))).toEqual(texts);
});

test("what is no field is left out, the title leads, and odd widths are mended", () => {
  expect(writeColumns(read("city", "gone", "name", "amount~9", "size~~median"))).toEqual([
    "name",
    "city",
    "amount~64",
    "size",
  ]);
});

test("a column moves, but not out of the pinned ones", () => {
  const columns = read("name", "city", "amount", "size");
  expect(moved(columns, 3, 1).map(({ path }) => path)).toEqual(["name", "size", "city", "amount"]);
  expect(moved(columns, 2, 0).map(({ path }) => path)).toEqual(["name", "amount", "city", "size"]);
});

test("amounts are added up unless somebody says otherwise", () => {
  const [, amount, size, quiet] = read("name", "amount", "size", "amount~~none");
  expect([amount, size, quiet].map((column) => column && totalOf(column))).toEqual([
    "sum",
    undefined,
    undefined,
  ]);
});

test("chosen widths are exact", () => {
  expect(template(read("name~300", "city"))).toBe("40px 300px minmax(180px, 1fr)");
});
