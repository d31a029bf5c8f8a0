//! At phone width: places under the thumb, cards instead of rows, a record made, a day in the calendar, the bin.

import { expect, test } from "@playwright/test";
import { accessible, api, signIn, url, watch } from "../world";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test("work with one thumb", async ({ page }) => {
  watch(page);
  await page.addInitScript(() => localStorage.setItem("guanxi.theme", "dark"));
  const words = await signIn(page, "en", "/");
  const thumb = page.getByRole("navigation", { name: words("shell.bottom") });
  await expect(thumb).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await accessible(page);

  await test.step("make a record from anywhere", async () => {
    await thumb.getByRole("button", { name: words("shell.create") }).click();
    await page.getByRole("dialog", { name: words("shell.create_what") }).getByRole("button", { name: /^Task/ }).click();
    await page.locator('[data-field="subject"]').fill("Ring the printer");
    await page.getByRole("dialog").getByRole("button", { name: words("form.save"), exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Ring the printer" })).toBeVisible();
  });

  await test.step("lists are cards", async () => {
    await page.goto(url("/tasks?view=all"));
    const card = page.getByRole("row").filter({ hasText: "Ring the printer" });
    await expect(card).toBeVisible();
    await expect(page.getByRole("columnheader")).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await accessible(page);
  });

  await test.step("a calendar day, moved without dragging", async () => {
    const today = new Date().toISOString().slice(0, 10);
    await api(page, "POST", "/tasks", { subject: "Moved task", due_on: today });
    await page.goto(url(`/tasks?view=calendar&date=${today}`));
    await page.getByRole("button", { name: "Moved task" }).click();
    await accessible(page);
    const next = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel(words("calendar.move_to")).fill(next);
    await page.getByRole("button", { name: words("board.move"), exact: true }).click();
    await expect(page.getByRole("button", { name: "Moved task" })).toBeHidden();
    await page.getByRole("button", { name: words("calendar.on"), exact: true }).click();
    await expect(page.getByRole("button", { name: "Moved task" })).toBeVisible();
  });

  await test.step("what was deleted comes back from the bin", async () => {
    const made = await api(page, "POST", "/contacts", { name: "Gone Girl" });
    await api(page, "POST", "/contacts/bulk", { action: "delete", ids: [made.id] });
    await page.goto(url("/bin?object=contact"));
    await page.getByRole("button", { name: `${words("record.restore")}: Gone Girl` }).click();
    await expect(page.getByRole("rowheader", { name: "Gone Girl" })).toBeHidden();
    await accessible(page);
  });
});
