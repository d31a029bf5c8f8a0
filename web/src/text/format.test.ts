import { expect, test } from "vitest";
import {
  type Format,
  formatAgo,
  formatDate,
  formatDayFrom,
  formatDuration,
  formatInstant,
  formatMoney,
  formatMoneyShort,
  formatSoon,
} from "./format";

const en: Format = { locale: "en", timeZone: "Asia/Shanghai", currency: "CNY" };
const zh: Format = { ...en, locale: "zh-CN" };

test("a calendar day is not shifted by a zone", () => {
  expect(formatDate("2026-11-23", en)).toBe("Nov 23, 2026");
  expect(formatDate("2026-11-23", zh)).toBe("2026年11月23日");
});

test("an instant is shown in the person's zone, 24 hours", () => {
  expect(formatInstant("2026-11-23T16:30:00Z", en)).toBe("Nov 24, 2026, 00:30");
  expect(formatInstant("2026-11-23T16:30:00Z", zh)).toBe("2026/11/24 00:30");
});

test("money keeps its digits and tells currencies apart", () => {
  expect(formatMoney({ amount: "1234.50", currency: "CNY" }, en)).toBe("¥1,234.50");
  expect(formatMoney({ amount: "1234.50", currency: "CNY" }, zh)).toBe("¥1,234.50");
  expect(formatMoney({ amount: "5", currency: "JPY" }, zh)).toBe("JP¥5");
  expect(formatMoneyShort({ amount: "1200000", currency: "CNY" }, zh)).toBe("¥120万");
  expect(formatMoneyShort({ amount: "1200000", currency: "CNY" }, en)).toBe("¥1.2M");
});

test("durations show their two largest units", () => {
  expect(formatDuration(93_784, en)).toBe("1 day 2 hr");
  expect(formatDuration(0, en)).toBe("0 min");
});

test("times past are relative", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  expect(formatAgo("2026-11-20T12:00:00Z", en, now)).toBe("3 days ago");
  expect(formatAgo("2026-11-22T12:00:00Z", zh, now)).toBe("昨天");
});

test("days near today are said from there, others by their date", () => {
  expect(formatDayFrom("2026-11-23", "2026-11-23", en)).toBe("today");
  expect(formatDayFrom("2026-11-20", "2026-11-23", zh)).toBe("3天前");
  expect(formatDayFrom("2027-03-01", "2026-11-23", en)).toBe("Mar 1, 2027");
});

test("what is today needs only its time", () => {
  expect(formatSoon("2026-11-23T01:30:00Z", "2026-11-23", zh)).toBe("09:30");
  expect(formatSoon("2026-11-25T01:30:00Z", "2026-11-23", en)).toBe("Nov 25, 09:30");
});
