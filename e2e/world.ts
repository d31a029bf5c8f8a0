//! What every journey needs: the firm's first administrator, the UI's own words, signing in, an accessibility check.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";

export type Locale = "en" | "zh-CN";

export const admin = {
  company: "云帆科技",
  name: "李娜",
  email: "lina@example.com",
  password: "correct horse battery staple",
};

export const url = (path: string): string => new URL(path, process.env.GUANXI_URL).href;

type Words = (key: string, values?: Record<string, string | number>) => string;

/** The texts the UI shows, so that journeys say what people read, in either language. */
export function words(locale: Locale): Words {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../web/src/i18n/${name}.json`, import.meta.url), "utf8")) as Record<string, Record<string, string>>;
  const [first, later] = [read(locale), read(`later/${locale}`)];
  const texts = { ...first, ...Object.fromEntries(Object.entries(later).map(([group, more]) => [group, { ...first[group], ...more }])) };
  return (key, values = {}) => {
    const [group = "", name = ""] = key.split(".");
    const text = texts[group]?.[name];
    if (text === undefined) throw new Error(`no text ${key} in ${locale}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? ""));
  };
}

/** Shows the UI in that language on this device, whatever the browser's own. */
export async function speak(page: Page, locale: Locale): Promise<void> {
  await page.addInitScript((language) => {
    if (!localStorage.getItem("guanxi.locale")) localStorage.setItem("guanxi.locale", language);
  }, locale);
}

export async function signIn(page: Page, locale: Locale, path = "/"): Promise<Words> {
  const t = words(locale);
  await speak(page, locale);
  await page.goto(url(`/sign-in?next=${encodeURIComponent(path)}`));
  await page.getByLabel(t("session.email")).fill(admin.email);
  await page.getByLabel(t("session.password"), { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: t("session.sign_in") }).click();
  // The sidebar, or on a phone the bar at the bottom.
  const places = page.getByRole("navigation", { name: t("shell.navigation") });
  await places.or(page.getByRole("navigation", { name: t("shell.bottom") })).waitFor();
  return t;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** No violation of WCAG 2.2 AA that axe can find on the page as it stands. */
export async function accessible(page: Page): Promise<void> {
  await test.step("accessible", async () => {
    await page.evaluate(axeSource);
    const found = await page.evaluate(async (only) => {
      const { axe } = window as unknown as { axe: { run: (node: Document, options: object) => Promise<{ violations: Violation[] }> } };
      interface Violation {
        id: string;
        nodes: { html: string; failureSummary?: string }[];
      }
      const { violations } = await axe.run(document, { runOnly: only });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary ?? ""}`);
    }, rules);
    expect(found).toEqual([]);
  });
}

/** Fails the journey on what people never see: script errors and refused resources of the security policy. */
export function watch(page: Page): void {
  page.on("pageerror", (error) => {
    throw new Error(`script error: ${error.message}`);
  });
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) throw new Error(message.text());
  });
}

/** Calls the API as the signed-in person, for what a journey needs to be there already. */
export async function api(page: Page, method: string, path: string, body?: unknown): Promise<any> {
  return page.evaluate(
    async ([verb, address, json]) => {
      const me = await (await fetch("/api/v1/me")).json();
      const response = await fetch(`/api/v1${address}`, {
        method: verb,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": me.csrf },
        body: json,
      });
      if (!response.ok) throw new Error(`${verb} ${address}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? undefined : response.json();
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}
