//! A firm is set up on the page whose address the server printed, once and never again.

import { expect, test } from "@playwright/test";
import { accessible, admin, speak, url, watch, words } from "../world";

test("the first administrator sets the firm up", async ({ page }) => {
  test.setTimeout(120_000);
  const t = words("zh-CN");
  watch(page);
  await speak(page, "zh-CN");
  await page.goto(url(`/setup?token=${process.env.GUANXI_SETUP_TOKEN}`));
  await page.getByLabel(t("setup.company")).fill(admin.company);
  await page.getByLabel(t("setup.name"), { exact: true }).fill(admin.name);
  await page.getByLabel(t("setup.email")).fill(admin.email);
  await accessible(page);

  await test.step("a weak password is refused at its field", async () => {
    await page.getByLabel(t("setup.password"), { exact: true }).fill("123");
    await page.getByRole("button", { name: t("setup.go") }).click();
    await expect(page.getByLabel(t("setup.password"), { exact: true })).toHaveAttribute("data-invalid", "true");
  });

  await page.getByLabel(t("setup.password"), { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: t("setup.go") }).click();
  await expect(page.getByRole("navigation", { name: t("shell.navigation") })).toBeVisible();
  await expect(page.getByText(admin.company)).toBeVisible();

  await test.step("the first steps: colleagues, data, a protected account", async () => {
    const steps = page.getByRole("region", { name: t("begin.title") });
    await expect(steps.getByRole("listitem")).toHaveCount(3);
    await accessible(page);
    await steps.getByRole("link", { name: t("begin.invite_go") }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("settings.users") })).toBeVisible();
    await page.goto(url("/"));
    await steps.getByRole("link", { name: t("begin.data_go") }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("import.title") })).toBeVisible();
    await page.goto(url("/"));
    await steps.getByRole("button", { name: t("begin.away") }).click();
    await expect(steps).toBeHidden();
  });

  await test.step("never again", async () => {
    await page.context().clearCookies();
    await page.goto(url("/setup"));
    await expect(page.getByRole("heading", { name: t("session.sign_in") })).toBeVisible();
  });
});
