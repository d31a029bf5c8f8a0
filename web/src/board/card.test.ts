import { expect, test } from "vitest";
import type { CrmRecord, ObjectSchema } from "../api/types";
import type { Step } from "../record/steps";
import { staleDays } from "./card";

const object = { name: "opportunity" } as ObjectSchema;
const step = { id: "s", record: { id: "s", version: 1, rotting_days: 14 } } as unknown as Step;
const record = { id: "r", version: 1, stage_since: "2026-11-01T00:00:00Z" } as CrmRecord;

test("a record is stale once it stands longer than its step allows", () => {
  expect(staleDays(object, record, step, Date.parse("2026-11-15T12:00:00Z"))).toBeUndefined();
  expect(staleDays(object, record, step, Date.parse("2026-11-21T00:00:00Z"))).toBe(20);
  expect(
    staleDays(object, record, { ...step, record: undefined }, Date.parse("2027-01-01T00:00:00Z")),
  ).toBeUndefined();
  expect(staleDays({ name: "thing" } as ObjectSchema, record, step)).toBeUndefined();
});
