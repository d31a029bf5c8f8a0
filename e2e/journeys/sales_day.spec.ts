//! A salesperson's work on a record: a call logged with its next contact, the deal moved on, lost with a reason; twins merged.

import { expect, test } from "@playwright/test";
import { accessible, api, signIn, url, watch } from "../world";

test("log a call, move the deal on, lose it with a reason", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "zh-CN", "/contacts");
  const customer = await api(page, "POST", "/accounts", { name: "苏州澄湖电子" });
  const deal = await api(page, "POST", "/opportunities", { name: "年度采购", account: customer.id, expected_amount: "12000" });
  await page.goto(url(`/opportunities/${deal.id}`));
  await expect(page.getByRole("heading", { level: 1, name: "年度采购" })).toBeVisible();

  await test.step("a call in three clicks, with the next contact", async () => {
    await page.getByRole("button", { name: "电话", exact: true }).click();
    const form = page.getByRole("form", { name: t("log.title", { kind: "电话" }) });
    await form.getByRole("textbox").first().fill("客户要求下周报价");
    await accessible(page);
    await form.getByRole("button", { name: t("log.week") }).click();
    await form.getByRole("button", { name: t("log.save") }).click();
    await expect(form).toBeHidden();
    await expect(page.getByRole("region", { name: t("record.next_steps") }).getByRole("link", { name: "客户要求下周报价" })).toBeVisible();
    await accessible(page);
  });

  await test.step("a field where it stands", async () => {
    await page.getByRole("button", { name: t("record.edit_field", { field: "商机名称" }) }).click();
    await page.locator('[data-field="name"]').fill("年度采购框架");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "年度采购框架" })).toBeVisible();
  });

  await test.step("the next stage, then lost with a reason", async () => {
    const steps = page.getByRole("list", { name: t("record.steps") }).getByRole("button");
    await steps.nth(1).click();
    await expect(steps.nth(1)).toHaveAttribute("aria-current", "step");
    await page.getByRole("article").getByRole("button", { name: /输单/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /输单/ }).click();
    await expect(dialog.locator('[data-field="lost_reason"]')).toHaveAttribute("aria-invalid", "true");
    await accessible(page);
    await dialog.locator('[data-field="lost_reason"]').click();
    await page.getByRole("option").first().click();
    await dialog.getByRole("button", { name: /输单/ }).click();
    await expect(dialog).toBeHidden();
    expect((await api(page, "GET", `/opportunities/${deal.id}`)).status).toBe("lost");
  });
});

test("merge two records and take it back", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "en", "/contacts");
  const kept = await api(page, "POST", "/accounts", { name: "Plusbus Inc", phone: "13811112222" });
  const gone = await api(page, "POST", "/accounts", { name: "Plusbus Limited", phone: "13811112222", website: "https://plusbus.example" });
  await api(page, "POST", "/contacts", { name: "Gladys Colclough", account: gone.id });
  await page.goto(url(`/accounts/${kept.id}`));
  await page.getByRole("article").getByRole("button", { name: t("list.more") }).click();
  await page.getByRole("menuitem", { name: t("record.merge") }).click();
  await page.getByRole("dialog").getByRole("listitem").getByRole("button", { name: /Plusbus Limited/ }).click();
  const dialog = page.getByRole("dialog", { name: /./ });
  await expect(dialog.getByText("Gladys Colclough")).toBeVisible();
  await accessible(page);
  await dialog.getByRole("radio", { name: `Name: ${t("merge.others")}` }).check();
  await dialog.getByRole("button", { name: t("merge.go"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Plusbus Limited" })).toBeVisible();
  expect((await api(page, "GET", `/accounts/${kept.id}`)).contact_count).toBe(1);

  await page.getByRole("button", { name: t("toast.undo") }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Plusbus Inc" })).toBeVisible();
  expect((await api(page, "GET", `/accounts/${gone.id}`)).contact_count).toBe(1);
});
