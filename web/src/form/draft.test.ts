import { expect, test, vi } from "vitest";
import type { Field } from "../api/types";

vi.mock("../fields", async () => {
  const send = (field: Field, value: unknown) =>
    value === "" || value === null
      ? null
      : field.kind === "link"
        ? ((value as { id?: string })?.id ?? value)
        : value;
  return {
    sendable: send,
    same: (field: Field, a: unknown, b: unknown) =>
      JSON.stringify(send(field, a) ?? null) === JSON.stringify(send(field, b) ?? null),
  };
});

import { defaults, toCreate, toUpdate } from "./draft";

const field = (name: string, kind: string, more: Partial<Field> = {}): Field => ({
  name,
  kind,
  label: { en: name, "zh-CN": name },
  ...more,
});
const fields = [field("name", "text"), field("owner", "link"), field("stage", "choice", { default: "new" })];

test("a new record sends what has a value", () => {
  const me = { id: "1", title: "Li" };
  const now = new Date("2026-11-23T08:00:00.123Z");
  const more = [field("who", "person", { default: "me" }), field("at", "instant", { default: "now" })];
  expect(defaults([...fields, ...more], me, now)).toEqual({
    stage: "new",
    who: me,
    at: "2026-11-23T08:00:00Z",
  });
  expect(toCreate(fields, { name: "云帆", owner: { id: "1", title: "Li" }, stage: "" })).toEqual({
    name: "云帆",
    owner: "1",
  });
});

test("an edit sends only what changed", () => {
  const before = { name: "云帆", owner: { id: "1", title: "Li" }, stage: "new" };
  expect(toUpdate(fields, before, { ...before, owner: { id: "1", title: "Li Lei" } })).toEqual({});
  expect(toUpdate(fields, before, { ...before, name: "" })).toEqual({ name: null });
});
