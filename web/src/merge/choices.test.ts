import { expect, test, vi } from "vitest";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";

vi.mock("../fields", () => ({
  same: (_: Field, a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null),
}));

import { differing, firstChoice, takeAndJoin } from "./choices";

const field = (name: string, kind: string, more: Partial<Field> = {}): Field => ({
  name,
  kind,
  label: { en: name, "zh-CN": name },
  ...more,
});
const object = {
  fields: [
    field("name", "text"),
    field("phone", "phone"),
    field("tags", "tags"),
    field("total", "rollup", { read_only: true }),
    field("number", "auto_number"),
  ],
} as ObjectSchema;
const own = { id: "1", version: 1, name: "云帆", tags: [{ id: "a" }], total: 1, number: "1" } as CrmRecord;
const other = {
  id: "2",
  version: 1,
  name: "云帆科技",
  phone: "1",
  tags: [{ id: "b" }],
  total: 2,
  number: "2",
} as CrmRecord;

test("people decide about what they write, and nothing is lost unasked", () => {
  const fields = differing(object, own, other);
  expect(fields.map(({ name }) => name)).toEqual(["name", "phone", "tags"]);
  const sides = Object.fromEntries(fields.map((one) => [one.name, firstChoice(one, own, other)]));
  expect(sides).toEqual({ name: "own", phone: "other", tags: "both" });
  expect(takeAndJoin(fields, sides)).toEqual({ take: ["phone"], join: ["tags"] });
});
