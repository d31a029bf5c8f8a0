//! Two people edit one record: the second sees both versions and loses nothing.

import { expect, test } from "@playwright/test";
import { accessible, api, signIn, watch } from "../world";

test("a stale edit shows both versions", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "en", "/contacts");
  const made = await api(page, "POST", "/contacts", { name: "Darcel Schlecht" });
  await page.goto(`/contacts/${made.id}`.replace(/^/, new URL(page.url()).origin));
  await page.getByRole("heading", { level: 1, name: "Darcel Schlecht" }).waitFor();
  await page.keyboard.press("e");
  await page.locator('[data-field="job_title"]').fill("CFO");

  await api(page, "PATCH", `/contacts/${made.id}`, { version: made.version, job_title: "CTO" });
  await page.getByRole("button", { name: t("form.save"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t("stale.title") });
  await expect(dialog.getByText("CTO")).toBeVisible();
  await expect(dialog.getByText("CFO")).toBeVisible();
  await accessible(page);

  await dialog.getByRole("button", { name: t("stale.save") }).click();
  await expect(page.locator("dd", { hasText: "CFO" }).first()).toBeVisible();
  expect((await api(page, "GET", `/contacts/${made.id}`)).job_title).toBe("CFO");
});
