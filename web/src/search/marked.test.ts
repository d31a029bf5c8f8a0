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

test("marks what was spelled in pinyin, counted in characters", () => {
  expect(parts("𠮷小明公司", "xm", [[1, 3]])).toEqual([
    { text: "𠮷", hit: false },
    { text: "小明", hit: true },
    { text: "公司", hit: false },
  ]);
});
