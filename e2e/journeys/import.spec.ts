//! A file in the encoding of a Chinese spreadsheet is imported through the page: checked first, then run, then undone.

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
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

/** Excerpts of the public data sets; `GUANXI_DATA_SETS` names a folder that has them whole. */
const folder = process.env.GUANXI_DATA_SETS ? pathToFileURL(`${process.env.GUANXI_DATA_SETS}/`) : new URL("../fixtures/", import.meta.url);
/** Milliseconds an import of this size may take. */
const runMs = process.env.GUANXI_DATA_SETS ? 900_000 : 60_000;

const sales = [
  ["accounts.csv", "crm-sales-opportunities-accounts"],
  ["products.csv", "crm-sales-opportunities-products"],
  ["sales_teams.csv", "crm-sales-opportunities-teams"],
  ["sales_pipeline.csv", "crm-sales-opportunities-opportunities"],
] as const;
const sets = [
  { locale: "en", name: "crm", files: sales, plural: "opportunities" },
  { locale: "zh-CN", name: "retail", files: [["online_retail.csv", "online-retail"]], plural: "order_lines" },
] as const;

/** What the records of a set have and no other records of the workspace. */
const ofSet = {
  crm: JSON.stringify({ field: "external_id", op: "is_not_empty" }),
  retail: JSON.stringify({ field: "order.external_id", op: "is_not_empty" }),
};

for (const { locale, name, files, plural } of sets) {
  test(`import a public data set with its mappings (${name})`, async ({ page }) => {
    test.setTimeout(runMs * 5);
    watch(page);
    const t = await signIn(page, locale, "/import");
    let rows = 0;
    for (const [file, mapping] of files) {
      await test.step(file, async () => {
        await page.goto(url("/import"));
        const path = fileURLToPath(new URL(`${name}/${file}`, folder));
        rows = readFileSync(path, "utf8").trimEnd().split("\n").length - 1;
        await page.getByLabel(t("import.choose")).setInputFiles(path);
        await expect(page.getByRole("button", { name: t("import.mapping_load") }).first()).toBeVisible({ timeout: 30_000 });
        const example = new URL(`../../docs/examples/${mapping}.json`, import.meta.url);
        await page.locator('input[accept*=".json"]').setInputFiles(fileURLToPath(example));
        await page.getByRole("button", { name: t("import.check"), exact: true }).click();
        await expect(page.getByRole("heading", { name: t("import.checked_done") })).toBeVisible({ timeout: runMs });
        await accessible(page);
        await page.getByRole("button", { name: t("import.run_other", { count: rows }) }).click();
        await expect(page.getByRole("heading", { name: t("import.status_done") })).toBeVisible({ timeout: runMs });
        await accessible(page);
      });
    }
    const made = await api(page, "GET", `/${plural}?count=true&limit=1&filter=${encodeURIComponent(ofSet[name])}`);
    expect(made.count).toEqual({ value: rows, exact: true });
  });
}
