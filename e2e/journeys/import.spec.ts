//! A file in the encoding of a Chinese spreadsheet is imported through the page: checked first, then run, then undone.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { accessible, api, signIn, url, watch } from "../world";

/** GB18030 bytes of a line with Chinese: browsers and Node can decode it, but only Latin can be encoded, so bytes it is. */
const head = Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a]); // 名称,电话
const rows = Buffer.from("Beta Imports,13900001111\nGamma Imports,13900002222\n,13900003333\n");

test("import a CSV file, see what was not taken, undo it", async ({ page }) => {
  test.setTimeout(120_000);
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
  await expect(page.getByRole("heading", { name: t("import.status_undone") })).toBeVisible({ timeout: 60_000 });
});

/** The whole public data set where it is at hand, else its first rows; at most so many rows of the long file. */
const whole = new URL("../../../shared/data/crm_sales_opportunities/", import.meta.url);
const few = new URL("../fixtures/crm/", import.meta.url);
const rowsMax = 300;

test("import a public data set with its mappings, link by link", async ({ page }) => {
  test.setTimeout(180_000);
  watch(page);
  const t = await signIn(page, "en", "/import");
  const folder = existsSync(whole) ? whole : few;
  const parts = [
    ["accounts.csv", "accounts"],
    ["products.csv", "products"],
    ["sales_teams.csv", "teams"],
    ["sales_pipeline.csv", "opportunities"],
  ] as const;
  let rows = 0;
  for (const [file, mapping] of parts) {
    await test.step(file, async () => {
      await page.goto(url("/import"));
      const lines = readFileSync(new URL(file, folder), "utf8").split("\n").slice(0, rowsMax + 1);
      rows = lines.filter((line) => line.trim()).length - 1;
      await page.getByLabel(t("import.choose")).setInputFiles({ name: file, mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });
      await expect(page.getByRole("button", { name: t("import.mapping_load") }).first()).toBeVisible({ timeout: 30_000 });
      const example = new URL(`../../docs/examples/crm-sales-opportunities-${mapping}.json`, import.meta.url);
      await page.locator('input[accept*=".json"]').setInputFiles(fileURLToPath(example));
      await page.getByRole("button", { name: t("import.check"), exact: true }).click();
      await expect(page.getByRole("heading", { name: t("import.checked_done") })).toBeVisible({ timeout: 60_000 });
      await accessible(page);
      await page.getByRole("button", { name: /^Import \d+ rows?$/ }).click();
      await expect(page.getByRole("heading", { name: t("import.status_done") })).toBeVisible({ timeout: 90_000 });
    });
  }
  const made = await api(page, "GET", "/opportunities?count=true&limit=1&filter=" + encodeURIComponent('{"field":"external_id","op":"is_not_empty"}'));
  expect(made.count.value).toBe(rows);
});
