//! Texts that would run as scripts, in every text of every object, through every screen: nothing runs, nothing is asked of
//! others, and the pages' security policy has nothing to refuse.

import { expect, type Page, test } from "@playwright/test";
import { payloads } from "../fixtures/payloads";
import { api, signIn, url } from "../world";

interface Field {
  name: string;
  kind: string;
  required?: boolean;
  read_only?: boolean;
  target?: string;
  options?: { value: string }[];
}

interface Kind {
  name: string;
  plural: string;
  hidden?: boolean;
  fields: Field[];
  views: { name: string; kind: string }[];
  actions: Record<string, boolean> | string[];
}

/** Kinds of fields that take any text. */
const texts = ["text", "long_text", "tags", "name"];
/** What only the program makes, and what would lock the administrator out. */
const notMade = ["role_right", "role_field_right", "user", "notification", "file", "import", "export", "bulk", "job", "security_event", "setting", "api_key"];
const attempts = 12;

let turn = 0;
const next = (): string => payloads[turn++ % payloads.length] ?? "";

/** Makes one record with a payload in each text; fields it does not take are left out. */
async function fill(page: Page, kind: Kind, made: Map<string, string>): Promise<string | undefined> {
  const values: Record<string, unknown> = {};
  for (const field of kind.fields.filter((one) => !one.read_only)) {
    if (texts.includes(field.kind)) values[field.name] = next();
    else if (field.kind === "link" && field.target && made.has(field.target)) values[field.name] = made.get(field.target);
    else if (field.required && field.kind === "choice") values[field.name] = field.options?.[0]?.value;
    else if (field.required && ["number", "decimal", "money", "percent"].includes(field.kind)) values[field.name] = "1";
    else if (field.required && field.kind === "date") values[field.name] = "2026-01-05";
    else if (field.required && field.kind === "instant") values[field.name] = "2026-01-05T08:00:00Z";
    else if (field.required && field.kind === "code") values[field.name] = `x${turn}`;
    else if (field.required && field.kind === "any_link") values[field.name] = { object: "account", id: made.get("account") };
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await page.evaluate(
      async ([plural, body]) => {
        const me = await (await fetch("/api/v1/me")).json();
        const headers = { "Content-Type": "application/json", "X-CSRF-Token": me.csrf };
        return (await fetch(`/api/v1/${plural}`, { method: "POST", headers, body })).json();
      },
      [kind.plural, JSON.stringify(values)] as const,
    );
    if (answer.id) return answer.id;
    const bad = (answer.errors ?? []).map(({ field }: { field: string }) => field).filter((name: string) => name in values);
    if (bad.length === 0) return undefined;
    for (const name of bad) delete values[name];
  }
  return undefined;
}

test("no text of any record runs, on any screen", async ({ page }) => {
  test.setTimeout(600_000);
  const wrong: string[] = [];
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => wrong.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) wrong.push(message.text());
  });
  page.on("request", (request) => {
    if (request.url().includes("canary.example")) wrong.push(`asked for ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`Content Security Policy: ${event.blockedURI}`));
  });
  await signIn(page, "en", "/contacts");
  const schema = (await api(page, "GET", "/schema")) as { objects: Kind[] };
  const made = new Map<string, string>();
  const ids = new Map<Kind, string[]>();

  await test.step("fill every object", async () => {
    const kinds = schema.objects.filter(({ name }) => !notMade.includes(name));
    // Twice: what links to another object is made once that is there.
    for (const _ of [1, 2]) {
      for (const kind of kinds) {
        const id = await fill(page, kind, made);
        if (!id) continue;
        made.set(kind.name, id);
        ids.set(kind, [...(ids.get(kind) ?? []), id]);
      }
    }
    expect(turn, "every payload stands somewhere").toBeGreaterThanOrEqual(payloads.length);
    expect(made.size).toBeGreaterThanOrEqual(20);
  });

  await test.step("a file with a name and a content of that sort is only ever a download", async () => {
    const answer = await page.evaluate(async (name) => {
      const me = await (await fetch("/api/v1/me")).json();
      const headers = { "X-CSRF-Token": me.csrf, "X-File-Name": encodeURIComponent(name), "Content-Type": "image/svg+xml" };
      const body = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.__ran=1"><script>window.__ran=1</script></svg>';
      const file = await (await fetch("/api/v1/files", { method: "POST", headers, body })).json();
      const content = await fetch(`/api/v1/files/${file.id}/content?inline=1`);
      return Object.fromEntries(content.headers);
    }, '"><img src=x onerror=window.__ran=1>\r\nX-Evil: 1\u202Egnp.svg');
    expect(answer["content-disposition"]).toMatch(/^attachment/);
    expect(answer["x-content-type-options"]).toBe("nosniff");
    expect(answer["content-security-policy"]).toContain("sandbox");
    expect(answer["x-evil"]).toBeUndefined();
  });

  const look = async (path: string) => {
    await page.goto(url(path));
    await page.locator("h1, [role=grid], main section").first().waitFor();
    await expect(page.locator(".mantine-Skeleton-root, main [role=status][aria-label]")).toHaveCount(0);
    expect(wrong, path).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { __ran?: number }).__ran), path).toBeUndefined();
  };

  for (const kind of schema.objects.filter(({ hidden }) => !hidden)) {
    await test.step(kind.name, async () => {
      await look(`/${kind.plural}?view=all&sort=-updated_at`);
      for (const view of kind.views.filter((one) => one.kind !== "list")) await look(`/${kind.plural}?view=${view.name}`);
      for (const id of ids.get(kind) ?? []) await look(`/${kind.plural}/${id}`);
      const [first] = ids.get(kind) ?? [];
      if (first) for (const tab of ["history", "access"]) await look(`/${kind.plural}/${first}?tab=${tab}`);
    });
  }

  await test.step("the places that show many", async () => {
    const [account] = [...ids].find(([{ name }]) => name === "account")?.[1] ?? [];
    await look(`/accounts?view=all&peek=${account}`);
    await look("/opportunities?lanes=owner");
    await look("/accounts?view=all&group=owner");
    await look("/?whose=all");
    await look(`/search?q=${encodeURIComponent("<script>")}`);
    for (const part of ["profile", "security", "notifications", "company", "users", "departments", "roles", "audit", "access_log", "jobs", "about"]) {
      await look(`/settings/${part}`);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("<img");
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("merged, imported, thrown away", async () => {
    const [kept] = [...ids].find(([{ name }]) => name === "account")?.[1] ?? [];
    await look(`/accounts/${kept}`);
    await page.getByRole("article").getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: /Merge/ }).click();
    await page.getByRole("dialog").locator("input").first().fill("script");
    await page.getByRole("option").first().click();
    await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
    await look("/import");
    const quoted = payloads.map((text) => `"${text.replaceAll('"', '""')}"`).join("\n");
    await page.locator("input[type=file]").first().setInputFiles({ name: "<img src=x onerror=window.__ran=1>.csv", mimeType: "text/csv", buffer: Buffer.from(`name\n${quoted}\n`) });
    await expect(page.getByRole("rowheader", { name: "name" })).toBeVisible();
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible({ timeout: 30_000 });
    for (const [kind, all] of ids) {
      if (kind.hidden || ["pipeline", "stage", "role", "department"].includes(kind.name)) continue;
      await api(page, "POST", `/${kind.plural}/bulk`, { action: "delete", ids: all.slice(1) }).catch(() => undefined);
    }
    await look("/bin");
    await look("/bin?object=account");
  });
});
