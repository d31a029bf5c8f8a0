import { expect, test } from "vitest";
import { asked, pieces, shown, withMention } from "./mentions";

const id = "0190a2b4-0000-7000-8000-000000000001";
const other = "0190a2b4-0000-7000-8000-000000000002";

test("a mention is asked for after a blank", () => {
  expect(asked("Please ask @li")).toBe("li");
  expect(asked("@")).toBe("");
  expect(asked("li@example")).toBeNull();
  expect(asked("@Li Lei")).toBeNull();
});

test("a mention is kept with its person and read as a name", () => {
  const kept = withMention("ask @li please", 7, "李雷", id);
  expect(kept).toBe(`ask @[李雷](user:${id})  please`);
  expect(shown(kept).text).toBe("ask @李雷  please");
  expect(pieces(kept)).toEqual(["ask ", { name: "李雷", id, kept: `@[李雷](user:${id})` }, "  please"]);
});

test("a second mention leaves the first as it is", () => {
  const first = withMention("@l", 2, "李雷", id);
  const second = withMention(`${first}and @h`, shown(`${first}and @h`).text.length, "韩梅", other);
  expect(shown(second).mentions.map((one) => one.id)).toEqual([id, other]);
});
