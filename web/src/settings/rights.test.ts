import { expect, test } from "vitest";
import type { CrmRecord } from "../api/types";
import { inherited, rightsOf, scopeOf } from "./rights";

const right = (object: string, action: string, scope: string) =>
  ({ id: object + action, version: 1, object, action, scope }) as CrmRecord;

test("an object that is named is not under everything", () => {
  const rights = rightsOf([right("*", "read", "all"), right("ship", "update", "own")]);
  expect(scopeOf(rights, "boat", "read")).toBe("all");
  expect(inherited(rights, "boat")).toBe(true);
  expect(scopeOf(rights, "ship", "read")).toBe("none");
  expect(scopeOf(rights, "ship", "update")).toBe("own");
  expect(inherited(rights, "ship")).toBe(false);
  expect(inherited(rights, "*")).toBe(false);
});
