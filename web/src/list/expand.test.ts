import { expect, test } from "vitest";
import type { ObjectSchema, Schema } from "../api/types";
import { expandOf, titled, withoutPaths } from "./expand";

test("columns through links ask for the link itself", () => {
  expect(expandOf(["name", "account.city", "account.level", "owner"])).toBe("account");
  expect(withoutPaths(["name", "account", "account.city"])).toEqual(["name", "account"]);
});

test("an expanded link reads like a plain one", () => {
  const contact = {
    name: "contact",
    fields: [{ name: "account", kind: "link", target: "account" }],
  } as ObjectSchema;
  const schema = { objects: [contact, { name: "account", title_field: "name" }] } as Schema;
  const page = {
    items: [{ id: "c", version: 1, account: { id: "a", name: "Acme", city: "Xi'an" } }],
    next: null,
  };
  expect(titled(schema, contact, "account", page).items[0]?.account).toEqual({
    id: "a",
    name: "Acme",
    city: "Xi'an",
    title: "Acme",
  });
});
