import { expect, test } from "vitest";
import { initials } from "./initials";

test.each([
  ["客户", "kh"],
  ["联系人", "lxr"],
  ["商机", "sj"],
  ["线索", "xs"],
  ["任务", "rw"],
  ["订单", "dd"],
  ["中文 A", "zw a"],
  ["Home", "home"],
])("%s is %s", (text, expected) => {
  expect(initials(text)).toBe(expected);
});
