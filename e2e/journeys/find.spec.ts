//! People are found by what one remembers of them: part of a Chinese name, pinyin initials, the end of a phone number.

import { expect, test } from "@playwright/test";
import { accessible, api, signIn, watch } from "../world";

test("find a contact by name, initials and phone tail", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "zh-CN", "/contacts");
  const name = "王小明";
  await api(page, "POST", "/contacts", { name, mobile: "13812345678" });

  for (const words of ["王小", "wxm", "5678"]) {
    await test.step(words, async () => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: t("palette.title") }).fill(words);
      await expect(page.getByRole("option", { name }).first()).toBeVisible();
      await page.keyboard.press("Escape");
    });
  }

  await page.goto(new URL("/search?q=王小", page.url()).href);
  await expect(page.getByRole("link", { name })).toBeVisible();
  await expect(page.locator("[data-hit] mark").first()).toHaveText("王小");
  await accessible(page);
  await page.goto(new URL("/search?q=wxm", page.url()).href);
  await expect(page.locator("[data-hit] mark").first()).toHaveText(name);
  await page.goto(new URL("/search?q=王小", page.url()).href);
  await test.step("narrowed to one's own of one kind, by keyboard", async () => {
    await page.getByRole("group", { name: t("search.narrow") }).getByRole("button", { name: t("filter.mine") }).click();
    await page.getByRole("group", { name: t("search.in") }).getByRole("button", { name: "联系人" }).click();
    await expect(page).toHaveURL(/object=contact/);
    await expect(page.getByRole("link", { name })).toBeVisible();
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  });

  await test.step("commands by pinyin initials", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: t("palette.title") }).fill("xs");
    await expect(page.getByRole("option", { name: "线索", exact: true })).toBeVisible();
    await accessible(page);
    await page.keyboard.press("Escape");
  });
});

test("filter a list through a link and share it by its address", async ({ page }) => {
  watch(page);
  await signIn(page, "en", "/contacts");
  const owner = await api(page, "POST", "/accounts", { name: "Filter & Sons" });
  await api(page, "POST", "/contacts", { name: "Zane Levy", account: owner.id });
  const filter = encodeURIComponent(JSON.stringify({ field: "account.name", op: "eq", value: "Filter & Sons" }));
  await page.goto(new URL(`/contacts?filter=${filter}`, page.url()).href);
  await expect(page.getByRole("link", { name: "Zane Levy" })).toBeVisible();
  await expect(page.getByRole("grid").getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("button", { name: "Filter 1" }).click();
  await expect(page.getByRole("button", { name: "Account › Name" })).toBeVisible();
  await accessible(page);
});
