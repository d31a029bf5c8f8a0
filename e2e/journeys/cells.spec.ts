//! A list is edited like a spreadsheet: cell by cell with the keyboard, and in blocks to and from Excel.

import { expect, test } from "@playwright/test";
import { accessible, api, type Locale, signIn, watch } from "../world";

const cases: { locale: Locale; city: string; cities: string[] }[] = [
  { locale: "en", city: "Hangzhou", cities: ["Xiamen", "Harbin"] },
  { locale: "zh-CN", city: "杭州", cities: ["厦门", "哈尔滨"] },
];

for (const { locale, city, cities } of cases) {
  test(`edit cells and paste a block (${locale})`, async ({ page, context }) => {
    watch(page);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const t = await signIn(page, locale, "/accounts");
    const names = ["Cells Alpha", "Cells Beta", "Cells Gamma"].map((name) => `${name} ${locale}`);
    for (const name of names) await api(page, "POST", "/accounts", { name, city: "-" });
    await page.goto(new URL(`/accounts?q=${encodeURIComponent(`Cells ${locale}`)}&sort=name&columns=name,city,employees,level`, page.url()).href);
    const cell = (row: number, column: number) => page.locator(`[data-row="${row}"] [data-col="${column}"]`);
    await expect(cell(2, 0)).toHaveText(names[2] ?? "");

    await test.step("type, go on, take back", async () => {
      await cell(0, 1).click();
      await page.keyboard.press("F2");
      await expect(cell(0, 1).getByRole("textbox")).toBeFocused();
      await page.keyboard.type(city);
      await page.keyboard.press("Tab");
      await expect(cell(0, 2).getByRole("textbox")).toBeFocused();
      await page.keyboard.type("120");
      await page.keyboard.press("Enter");
      await expect(cell(0, 1)).toHaveText(city);
      await expect(cell(0, 2)).toHaveText("120");
      await expect(page.getByRole("grid")).toBeFocused();
      await page.keyboard.press("Control+z");
      await expect(cell(0, 2)).toHaveText("");
      await accessible(page);
    });

    await test.step("what is no number is refused at its cell, and Escape leaves it", async () => {
      await cell(1, 2).click();
      await page.keyboard.type("many");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: t("cells.unreadable_this") })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(cell(1, 2)).toHaveText("");
    });

    await test.step("paste a block from a spreadsheet and undo it whole", async () => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), `${cities[0]}\t1,200\r\n${cities[1]}\t８５\r\n`);
      await cell(1, 1).click();
      await page.keyboard.press("Control+v");
      await expect(cell(1, 1)).toHaveText(cities[0] ?? "");
      await expect(cell(1, 2)).toHaveText("1,200");
      await expect(cell(2, 1)).toHaveText(cities[1] ?? "");
      await expect(cell(2, 2)).toHaveText("85");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Control+c");
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${cities[0]}\t1200\n${cities[1]}\t85`);
      await page.getByRole("button", { name: t("toast.undo") }).last().click();
      await expect(cell(1, 1)).toHaveText("-");
      await expect(cell(2, 2)).toHaveText("");
    });
  });
}
