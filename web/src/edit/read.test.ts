import { expect, test } from "vitest";
import type { Field } from "../api/types";
import type { Format } from "../text/format";
import { cellText, readCell, readNumber } from "./read";

const format: Format = { locale: "zh-CN", timeZone: "Asia/Shanghai", currency: "CNY" };
const label = { en: "x", "zh-CN": "x" };
const level: Field = {
  name: "level",
  kind: "choice",
  label,
  options: [{ value: "key", label: { en: "Key account", "zh-CN": "重点" } }],
};
const of = (kind: string): Field => ({ name: kind, kind, label });

test.each([
  [of("text"), " 张三 ", "张三"],
  [of("number"), "１，２３４", 1234],
  [of("decimal"), "0.10", "0.10"],
  [of("money"), "¥1,200.50", { amount: "1200.50", currency: "CNY" }],
  [of("money"), "99 USD", { amount: "99", currency: "USD" }],
  [of("money"), "1.25万", { amount: "12500", currency: "CNY" }],
  [of("date"), "2026年1月5日", "2026-01-05"],
  [of("date"), "2026/1/5 00:00", "2026-01-05"],
  [of("instant"), "2026-11-23 16:00", "2026-11-23T08:00:00Z"],
  [of("yes_no"), "是", true],
  [of("yes_no"), "FALSE", false],
  [level, "重点", "key"],
  [level, "key account", "key"],
  [of("text"), "", null],
])("%o takes %s", (field, text, expected) => {
  expect(readCell(field, text, format)).toEqual({ kind: "value", value: expected });
});

test.each([
  [of("number"), "1.5"],
  [of("date"), "tomorrow"],
  [of("instant"), "2026-11-23 25:00"],
  [level, "gold"],
  [of("yes_no"), "maybe"],
])("%o refuses %s", (field, text) => {
  expect(readCell(field, text, format).kind).toBe("unreadable");
});

test("amounts in ten thousands and hundred millions stay exact", () => {
  expect([readNumber("1.2万"), readNumber("0.00001万"), readNumber("-3亿")]).toEqual([
    "12000",
    "0.1",
    "-300000000",
  ]);
});

test("titles are looked up, several where the field takes several", () => {
  expect(readCell(of("tags"), "重要、老客户", format)).toEqual({
    kind: "titles",
    titles: ["重要", "老客户"],
    many: true,
  });
});

test("what is copied can be pasted", () => {
  expect(cellText(of("money"), { amount: "12.30", currency: "CNY" }, format)).toBe("12.30");
  expect(cellText(of("instant"), "2026-11-23T08:00:00Z", format)).toBe("2026-11-23 16:00");
  expect(cellText(level, "key", format)).toBe("重点");
});
