import { expect, test } from "vitest";
import { dayAhead } from "./next_day";

test("the next contact is on a working day", () => {
  const monday = new Date("2026-11-23T10:00:00");
  expect(dayAhead(1, monday)).toBe("2026-11-24");
  expect(dayAhead(5, monday)).toBe("2026-11-30");
  expect(dayAhead(7, monday)).toBe("2026-11-30");
});
