import { expect, test } from "vitest";
import type { Schema } from "../api/types";
import { emptyMapping, linksPassed, targets, withColumn } from "./mapping";

const label = { en: "", "zh-CN": "" };
const object = (name: string, fields: object[]) => ({ name, plural: `${name}s`, fields }) as never;
const schema = {
  objects: [
    object("line", [
      { name: "quantity", kind: "number", label },
      { name: "sheet", kind: "link", target: "sheet", label },
    ]),
    object("sheet", [
      { name: "title", kind: "text", label },
      { name: "number", kind: "text", unique: true, label },
      { name: "total", kind: "rollup", read_only: true, label },
    ]),
  ],
} as unknown as Schema;

test("paths name the links they pass", () => {
  expect(linksPassed(["a", "order.number", "order.account.name"])).toEqual(["order", "order.account"]);
});

test("a linked record is found by its unique field, and forgotten with its last column", () => {
  const mapped = withColumn(emptyMapping("line"), "No", { field: "sheet.number" }, schema);
  expect(mapped.links).toEqual({ sheet: { match: ["number"], if_missing: "create" } });
  expect(withColumn(mapped, "No", null, schema)).toEqual(emptyMapping("line"));
});

test("what is computed is no target", () => {
  const paths = targets(schema, schema.objects[0] as never).map(({ path }) => path);
  expect(paths).toEqual(["quantity", "sheet", "sheet.title", "sheet.number"]);
});
