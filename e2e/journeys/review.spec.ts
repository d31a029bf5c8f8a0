//! A manager's review: the team's board, a filter through a link kept as a shared view, reassigning in bulk, and its undo.

import { expect, test } from "@playwright/test";
import { accessible, api, signIn, url, watch } from "../world";

test("review the team, share a view, reassign in bulk and undo", async ({ page }) => {
  watch(page);
  const t = await signIn(page, "zh-CN", "/opportunities");
  const person = await api(page, "POST", "/users", { name: "周静", email: "zhoujing@example.com" });
  const account = await api(page, "POST", "/accounts", { name: "评审客户", industry: "retail" });
  const pipeline = (await api(page, "GET", "/pipelines?sort=position&limit=1")).items[0];
  const filter = encodeURIComponent(JSON.stringify({ field: "pipeline", op: "eq", value: pipeline.id }));
  const stages = (await api(page, "GET", `/stages?filter=${filter}&sort=position`)).items;
  for (const name of ["评审甲", "评审乙"]) {
    await api(page, "POST", "/opportunities", { name, account: account.id, pipeline: pipeline.id, stage: stages[0].id, expected_amount: "12000" });
  }

  await test.step("the board, by person, moved from the keyboard", async () => {
    await page.goto(url("/opportunities?view=stages&lanes=owner&q=评审"));
    const lane = page.locator("[data-lane]").filter({ hasText: "评审甲" });
    const card = lane.locator("article", { hasText: "评审甲" });
    await expect(card).toBeVisible();
    await accessible(page);
    await card.getByRole("link", { name: "评审甲" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect(lane.locator(`[data-step="${stages[1].id}"] article`, { hasText: "评审甲" })).toBeVisible();
    await page.getByRole("button", { name: t("board.lanes", { field: "负责人" }) }).click();
    await expect(page.locator(`[data-step="${stages[0].id}"] article`, { hasText: "评审乙" })).toBeVisible();
  });

  await test.step("losing asks why", async () => {
    const card = page.locator("article", { hasText: "评审乙" });
    await card.getByRole("button", { name: t("board.move_card", { title: "评审乙" }) }).click();
    await page.getByRole("menuitem", { name: stages.find(({ kind }: { kind: string }) => kind === "lost").name }).click();
    const gate = page.getByRole("dialog");
    await expect(gate.locator('[data-field="lost_reason"]')).toBeVisible();
    await accessible(page);
    await page.keyboard.press("Escape");
    await expect(gate).toBeHidden();
  });

  await test.step("a filter through a link becomes a view for all", async () => {
    const through = encodeURIComponent(
      JSON.stringify({ and: [{ field: "account.industry", op: "eq", value: "retail" }, { field: "account", op: "eq", value: account.id }] }),
    );
    await page.goto(url(`/opportunities?view=all&filter=${through}&group=stage`));
    await expect(page.locator("[data-group=open]")).toHaveCount(2);
    await accessible(page);
    await page.getByRole("button", { name: t("views.keep") }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(t("views.name")).fill("零售评审");
    await form.getByText(t("views.for_all"), { exact: true }).click();
    await page.getByRole("checkbox", { name: t("views.pin") }).check();
    await accessible(page);
    await form.getByRole("button", { name: t("form.save"), exact: true }).click();
    await expect(page.getByRole("navigation", { name: t("list.views") }).getByRole("button", { name: "零售评审" })).toHaveAttribute("aria-current", "page");
    await page.getByRole("navigation", { name: t("shell.navigation") }).getByRole("link", { name: "零售评审" }).click();
    await expect(page.locator("[data-group=open]")).toHaveCount(2);
  });

  await test.step("reassign in bulk and take it back", async () => {
    await page.getByRole("checkbox", { name: t("list.select_all") }).check();
    const bar = page.getByRole("toolbar", { name: t("bulk.title") });
    await bar.getByRole("button", { name: t("bulk.assign") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator('[data-field="owner"]').fill("周静");
    await page.getByRole("option", { name: "周静" }).click();
    await dialog.getByRole("button", { name: t("bulk.apply_other", { count: 2 }) }).click();
    await expect(page.getByRole("row").filter({ hasText: "评审甲" })).toContainText("周静");
    await accessible(page);
    await page.getByRole("button", { name: t("toast.undo") }).last().click();
    await expect(page.getByRole("row").filter({ hasText: "评审甲" })).not.toContainText("周静");
    const mine = await api(page, "GET", `/opportunities?filter=${encodeURIComponent(JSON.stringify({ field: "owner", op: "eq", value: person.id }))}`);
    expect(mine.items).toHaveLength(0);
  });

  await test.step("the day shows the team", async () => {
    await page.goto(url("/?whose=team"));
    await expect(page.getByRole("region", { name: t("home.team_pipeline") })).toBeVisible();
    await accessible(page);
    await page.getByRole("link", { name: new RegExp(`^${t("home.pipeline")}`) }).click();
    await expect(page).toHaveURL(/\/opportunities\?view=all&filter=/);
    await expect(page.getByRole("grid")).toBeVisible();
  });
});
