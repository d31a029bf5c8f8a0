//! Signing in, being refused, going where one wanted to, signing out; in both languages and at phone width.

import { expect, test } from "@playwright/test";
import { accessible, admin, type Locale, speak, url, watch, words } from "../world";

for (const locale of ["zh-CN", "en"] as Locale[]) {
  test(`sign in and out (${locale})`, async ({ page }) => {
    const t = words(locale);
    watch(page);
    await speak(page, locale);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url("/contacts?sort=name"));
    await page.getByLabel(t("session.email")).fill(admin.email);
    await page.getByLabel(t("session.password"), { exact: true }).fill("not the password");
    await page.getByRole("button", { name: t("session.sign_in") }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await accessible(page);

    await page.getByLabel(t("session.password"), { exact: true }).fill(admin.password);
    await page.getByRole("button", { name: t("session.sign_in") }).click();
    await expect(page).toHaveURL(/\/contacts\?sort=name/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await accessible(page);

    await test.step("the page brings the account and the schema along", async () => {
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(asked.filter((path) => /\/api\/v1\/(me|schema)$/.test(path))).toEqual([]);
    });

    await page.getByRole("button", { name: t("shell.person", { name: admin.name }) }).click();
    await page.getByRole("menuitem", { name: t("session.sign_out") }).click();
    await expect(page.getByRole("heading", { name: t("session.sign_in") })).toBeVisible();
  });
}
