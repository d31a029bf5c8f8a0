//! A file in the encoding of a Chinese spreadsheet is imported through the page: checked first, then run, then undone.

import { expect, test } from "@playwright/test";
import { accessible, signIn, watch } from "../world";

/** GB18030 bytes of a line with Chinese: browsers and Node can decode it, but only Latin can be encoded, so bytes it is. */
const head = Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a]); // 名称,电话
const rows = Buffer.from("Beta Imports,13900001111\nGamma Imports,13900002222\n,13900003333\n");

test("import a CSV file, see what was not taken, undo it", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "zh-CN", "/import?object=account");
  await page.setInputFiles("input[type=file]", {
    name: "客户.csv",
    mimeType: "text/csv",
    buffer: Buffer.concat([head, rows]),
  });
  await expect(page.getByRole("rowheader", { name: "名称" })).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: t("import.check"), exact: true }).click();
  await expect(page.getByRole("heading", { name: t("import.checked_done") })).toBeVisible();
  await expect(page.getByText("Beta Imports")).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: t("import.run_other", { count: 2 }) }).click();
  await expect(page.getByRole("heading", { name: t("import.status_done") })).toBeVisible({ timeout: 30_000 });
  await accessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: t("import.errors") }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  await page.getByRole("button", { name: t("import.undo") }).click();
  await expect(page.getByRole("heading", { name: t("import.status_undone") })).toBeVisible({ timeout: 30_000 });
});
