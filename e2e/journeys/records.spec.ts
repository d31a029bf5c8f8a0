//! A record is made, changed, traced and brought back, by keyboard where that is quicker; in both languages.

import { expect, test } from "@playwright/test";
import { accessible, type Locale, signIn, watch } from "../world";

const cases: { locale: Locale; name: string; renamed: string; label: string; related: string; person: string; note: string }[] = [
  { locale: "zh-CN", name: "上海云帆信息技术", renamed: "上海云帆软件", label: "名称", related: "联系人", person: "王小明", note: "电话" },
  { locale: "en", name: "Acme Holding", renamed: "Acme Group", label: "Name", related: "Contacts", person: "Anna Snelling", note: "Phone" },
];

for (const { locale, name, renamed, related, person } of cases) {
  test(`make, change and trace a record (${locale})`, async ({ page }) => {
    watch(page);
    const t = await signIn(page, locale, "/accounts");
    const field = (api: string) => page.locator(`[data-field="${api}"]`);

    await test.step("create", async () => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.keyboard.press("c");
      await expect(field("name")).toBeFocused();
      await accessible(page);
      await page.getByRole("dialog").getByRole("button", { name: t("form.save"), exact: true }).click();
      await expect(field("name")).toHaveAttribute("aria-invalid", "true");
      await field("name").fill(name);
      await page.keyboard.press("Control+Enter");
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    });

    await test.step("edit", async () => {
      await page.keyboard.press("e");
      await field("name").fill(renamed);
      await page.getByRole("button", { name: t("form.save"), exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: renamed })).toBeVisible();
      await accessible(page);
    });

    await test.step("add what belongs to it", async () => {
      await page.getByRole("tab", { name: t("record.related") }).click();
      const list = page.getByRole("region", { name: related }).first();
      await list.getByRole("button").first().click();
      await field("name").fill(person);
      await page.keyboard.press("Control+Enter");
      await expect(list.getByRole("link", { name: person })).toBeVisible();
      await accessible(page);
    });

    await test.step("trace", async () => {
      await page.getByRole("tab", { name: t("record.history") }).click();
      await expect(page.locator("del", { hasText: name })).toBeVisible();
      await expect(page.locator("ins", { hasText: renamed }).first()).toBeVisible();
      await accessible(page);
      await page.getByRole("button", { name: t("record.see_then") }).last().click();
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
      await page.getByRole("button", { name: t("record.now") }).click();
      await expect(page.getByRole("heading", { level: 1, name: renamed })).toBeVisible();
    });

    await test.step("explain", async () => {
      await page.getByRole("tab", { name: t("record.access") }).click();
      await expect(page.getByRole("listitem").filter({ hasText: t("action.read") })).toBeVisible();
      await accessible(page);
    });

    await test.step("delete and undo", async () => {
      await page.getByRole("button", { name: t("list.more") }).click();
      await page.getByRole("menuitem", { name: t("record.delete") }).click();
      await page.getByRole("dialog").getByRole("button", { name: t("record.delete") }).click();
      await page.getByRole("button", { name: t("toast.undo") }).click();
      await expect(page.getByRole("grid").getByRole("link", { name: renamed })).toBeVisible();
    });
  });
}
