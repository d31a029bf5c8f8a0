import { expect, test } from "vitest";
import { spaced } from "./phone";

test.each([
  ["+8613912345678", "139 1234 5678"],
  ["+861055505593", "010 5550 5593"],
  ["+8653155505446", "0531 5550 5446"],
  ["+442079460817", "+442079460817"],
])("%s reads %s", (stored, shown) => {
  expect(spaced(stored)).toBe(shown);
});
