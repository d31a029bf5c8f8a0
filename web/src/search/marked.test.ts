import { expect, test } from "vitest";
import { parts } from "./marked";

test("marks each word, whatever its case, and no pattern", () => {
  expect(parts("上海云帆科技", "云帆")).toEqual([
    { text: "上海", hit: false },
    { text: "云帆", hit: true },
    { text: "科技", hit: false },
  ]);
  expect(parts("ACME (Ltd.)", "(ltd.)").filter(({ hit }) => hit)).toEqual([{ text: "(Ltd.)", hit: true }]);
  expect(parts("张三", "zs")).toEqual([{ text: "张三", hit: false }]);
});
