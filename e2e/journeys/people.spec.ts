//! People come and go: invited by a link, looked over the shoulder, deactivated; and an account with two factors.

import { createHmac } from "node:crypto";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, api, signIn, speak, url, watch, words } from "../world";

/** A user who has taken an invitation, in a browser of their own, at the address `at`. */
async function join(admin: Page, browser: Browser, name: string, at = url("/")): Promise<{ page: Page; context: BrowserContext; id: string; email: string }> {
  const email = `${name.toLowerCase()}@example.com`;
  const roles = await api(admin, "GET", "/roles?limit=50");
  const role = roles.items.find((one: { code: string }) => one.code === "salesperson");
  const user = await api(admin, "POST", "/users", { name, email, roles: [role.id] });
  const { token } = await api(admin, "POST", `/users/${user.id}/invite`);
  const context = await browser.newContext();
  const page = await context.newPage();
  await speak(page, "en");
  watch(page);
  await page.goto(new URL(`/invitation?token=${token}`, at).href);
  await page.getByLabel(words("en")("invitation.password"), { exact: true }).fill(password);
  await accessible(page);
  await page.getByRole("button", { name: words("en")("invitation.go") }).click();
  await page.getByRole("navigation", { name: words("en")("shell.navigation") }).first().waitFor();
  return { page, context, id: user.id, email };
}

const password = "a quite long sentence";

test("invite a user, see as them, deactivate them", async ({ page, browser }) => {
  watch(page);
  const t = await signIn(page, "en", "/settings/users");
  await expect(page.getByRole("heading", { level: 1, name: t("settings.users") })).toBeVisible();
  await accessible(page);
  const bo = await join(page, browser, "Bo");
  await page.reload();

  await test.step("a view shared with the team, and a favourite that is there on every device", async () => {
    const me = await api(page, "GET", "/me");
    const user = await api(page, "GET", `/users/${bo.id}`);
    await api(page, "PATCH", `/users/${bo.id}`, { version: user.version, manager: me.user.id });
    await api(page, "POST", "/saved_views", { name: "Of the team", object: "account", shared: "team" });
    await api(page, "POST", "/saved_views", { name: "Of the boss", object: "account", shared: "me" });
    await bo.page.goto(url("/accounts"));
    const views = bo.page.getByRole("navigation", { name: t("list.views") });
    await expect(views.getByRole("button", { name: "Of the team" })).toBeVisible();
    await expect(views.getByRole("button", { name: "Of the boss" })).toBeHidden();
    await bo.page.getByRole("button", { name: t("shell.favourite", { title: "Contacts" }) }).click();
    await expect.poll(async () => (await api(bo.page, "GET", "/me")).preferences.favourites).toEqual([{ object: "contact" }]);
    const elsewhere = await bo.context.newPage();
    await elsewhere.goto(url("/"));
    await expect(elsewhere.getByRole("button", { name: t("shell.favourite", { title: "Contacts" }) }).first()).toHaveAttribute("aria-pressed", "true");
    await elsewhere.close();
  });

  await test.step("see what they see, and change nothing", async () => {
    await page.getByRole("button", { name: t("users.more", { name: "Bo" }), exact: true }).click();
    await page.getByRole("menuitem", { name: t("users.see_as") }).click();
    await expect(page.getByText(t("shell.seeing", { name: "Bo" }))).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: t("shell.stop_seeing") }).click();
    await expect(page.getByText(t("shell.seeing", { name: "Bo" }))).toBeHidden();
  });

  await test.step("deactivated, their next click is refused", async () => {
    await page.goto(url("/settings/users"));
    await page.getByRole("button", { name: t("users.more", { name: "Bo" }), exact: true }).click();
    await page.getByRole("menuitem", { name: t("users.deactivate") }).click();
    await page.getByRole("dialog").getByRole("button", { name: t("users.deactivate") }).click();
    await expect(page.getByRole("button", { name: t("users.more", { name: "Bo" }), exact: true })).toBeHidden();
    await bo.page.goto(url("/accounts"));
    await expect(bo.page.getByRole("heading", { name: t("session.sign_in") })).toBeVisible();
  });

  await test.step("rights are a matrix", async () => {
    await page.goto(url("/settings/roles"));
    await page.getByRole("button", { name: "Salesperson", exact: true }).or(page.getByRole("button", { name: "销售人员" })).click();
    const cell = page.getByRole("combobox", { name: /Accounts: Export/ });
    await cell.selectOption("own");
    await expect(cell).toHaveValue("own");
    await accessible(page);
    await page.goto(url("/settings/audit"));
    await expect(page.getByRole("listitem").first()).toBeVisible();
    await accessible(page);
  });
  await bo.context.close();
});

/** The code that an authenticator app shows (RFC 6238). */
function code(secret: string, at: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const from = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("sign in with two factors, a recovery code and a passkey", async ({ page, browser }) => {
  await signIn(page, "en", "/contacts");
  const t = words("en");
  // Passkeys are bound to a name: the same machine by its name.
  const at = new URL(url("/"));
  at.hostname = "localhost";
  const cai = await join(page, browser, "Cai", at.href);
  const mine = cai.page;
  const cdp = await cai.context.newCDPSession(mine);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const go = (path: string) => mine.goto(new URL(path, at).href);
  const prove = async () => {
    await mine.getByRole("dialog").getByLabel(t("profile.current")).fill(password);
    await mine.getByRole("dialog").getByRole("button", { name: t("security.next") }).click();
  };
  let recovery = "";

  await test.step("turn codes on", async () => {
    await go("/settings/security");
    await mine.getByRole("button", { name: t("security.code_begin") }).click();
    await prove();
    const secret = await mine.locator("[data-secret]").innerText();
    await accessible(mine);
    await mine.getByRole("textbox", { name: t("security.first_code") }).fill(code(secret, Date.now()));
    await mine.getByRole("dialog").getByRole("button", { name: t("security.turn_on") }).click();
    recovery = await mine.getByRole("dialog").getByRole("listitem").first().innerText();
    await accessible(mine);
    await mine.getByRole("button", { name: t("security.recovery_kept") }).click();
  });

  await test.step("add a passkey", async () => {
    await mine.getByRole("button", { name: t("security.passkey_add") }).click();
    await prove();
    await mine.getByRole("dialog").getByRole("button", { name: t("security.passkey_create") }).click();
    await expect(mine.getByText(t("security.passkey_unused"))).toBeVisible();
    await accessible(mine);
  });

  const leave = async () => {
    await mine.getByRole("button", { name: t("shell.person", { name: "Cai" }) }).click();
    await mine.getByRole("menuitem", { name: t("session.sign_out") }).click();
    await mine.getByLabel(t("session.email")).waitFor();
  };
  await test.step("the password alone is not enough; a recovery code lets in", async () => {
    await leave();
    await mine.getByLabel(t("session.email")).fill(cai.email);
    await mine.getByLabel(t("session.password"), { exact: true }).fill(password);
    await mine.getByRole("button", { name: t("session.sign_in"), exact: true }).click();
    await mine.getByLabel(t("session.code"), { exact: true }).fill(recovery);
    await accessible(mine);
    await mine.getByRole("button", { name: t("session.sign_in"), exact: true }).click();
    await mine.getByRole("navigation", { name: t("shell.navigation") }).first().waitFor();
  });

  await test.step("the passkey lets in", async () => {
    await leave();
    await mine.getByRole("button", { name: t("session.passkey") }).click();
    await mine.getByRole("navigation", { name: t("shell.navigation") }).first().waitFor();
  });
  await cai.context.close();
});
