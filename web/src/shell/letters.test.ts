import { expect, test } from "vitest";
import type { ObjectSchema } from "../api/types";
import { lettersOf } from "./letters";

test("each object has a letter of its own", () => {
  const objects = ["Account", "Contact", "Activity", "Home"].map(
    (en) => ({ label: { en, "zh-CN": en } }) as ObjectSchema,
  );
  expect([...lettersOf(objects).keys()]).toEqual(["a", "c", "t", "o"]);
});
