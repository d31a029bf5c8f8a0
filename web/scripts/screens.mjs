// Takes pictures of the screens: `node scripts/screens.mjs OUT [BASE] [NAME…]`, against a running dev server or binary.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [out = "../screens", base = "http://127.0.0.1:5180", ...only] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const first = (plural) => async (page) => {
  await page.goto(`${base}/${plural}?view=all${plural === "accounts" ? "&q=Acme" : ""}`);
  await page.locator('[role="row"] a').first().click();
  await page.locator("article h1").waitFor();
};
/** Screens by name: an address, or steps. */
const screens = {
  accounts: "/accounts",
  account: first("accounts"),
  history: async (page) => {
    await first("accounts")(page);
    await page.goto(`${page.url()}?tab=history`);
  },
  access: async (page) => {
    await first("accounts")(page);
    await page.goto(`${page.url()}?tab=access`);
  },
  order: first("orders"),
  opportunity: first("opportunities"),
  edit: async (page) => {
    await first("accounts")(page);
    await page.keyboard.press("e");
    await page.locator("form input").first().waitFor();
  },
  board: "/opportunities",
  opportunities: "/opportunities?view=all",
  empty: "/tasks?q=zzzzz",
  create: async (page) => {
    await page.goto(`${base}/accounts`);
    await page.locator("header h1").waitFor();
    await page.keyboard.press("c");
    await page.locator('[role="dialog"] input').first().waitFor();
  },
  filter: async (page) => {
    const filter = {
      and: [
        { field: "industry", op: "in", value: ["retail", "software"] },
        {
          or: [
            { field: "employees", op: "gt", value: 100 },
            { field: "last_contact_at", op: "within", value: "last_30_days" },
          ],
        },
      ],
    };
    await page.goto(`${base}/accounts?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await page.locator("button:has-text('筛选'), button:has-text('Filter')").first().click();
    await page.locator("fieldset").first().waitFor();
  },
  selection: async (page) => {
    await page.goto(`${base}/accounts`);
    for (const index of [1, 2, 3]) await page.locator('[role="row"] input[type=checkbox]').nth(index).click();
    await page.locator('[role="toolbar"]').waitFor();
  },
  palette: async (page) => {
    await page.goto(`${base}/accounts`);
    await page.locator("header h1").waitFor();
    await page.keyboard.press("Control+k");
    await page.locator('[role="combobox"]').first().waitFor();
    await page.keyboard.type("云帆");
  },
  search: "/search?q=云帆",
  import: "/import",
  map: async (page) => {
    await page.goto(`${base}/import`);
    await page.setInputFiles("input[type=file]", {
      name: "客户.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b"),
    });
    await page.locator("table").waitFor();
  },
  preview: async (page) => {
    await screens.map(page);
    await page.locator("button:has-text('检查'), button:has-text('Check')").last().click();
    await page.locator("dl dd").first().waitFor();
  },
  profile: "/profile",
  setup: "/setup?token=abc",
  signin: "/sign-in",
};

for (const [name, go] of Object.entries(screens)) {
  if (only.length && !only.includes(name)) continue;
  for (const locale of (process.env.LOCALES ?? "zh-CN,en").split(",")) {
    for (const scheme of (process.env.SCHEMES ?? "light,dark").split(",")) {
      for (const width of (process.env.WIDTHS ?? "1440,390").split(",").map(Number)) {
        const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 } });
        await context.addInitScript(
          ([language, theme]) => {
            localStorage.setItem("guanxi.locale", language);
            localStorage.setItem("guanxi.theme", theme);
          },
          [locale, scheme],
        );
        const page = await context.newPage();
        page.on("pageerror", (error) => console.log(name, "page error:", error.message));
        page.on(
          "console",
          (message) => message.type() === "error" && console.log(name, message.text().slice(0, 300)),
        );
        try {
          if (typeof go === "string") await page.goto(base + go);
          else await go(page);
          await page.waitForLoadState("networkidle", { timeout: 2000 }).catch(() => {});
          await page.waitForTimeout(350);
        } catch (error) {
          console.log(name, String(error).slice(0, 300));
        }
        await page.screenshot({ path: `${out}/${name}-${locale}-${scheme}-${width}.png` });
        await context.close();
      }
    }
  }
}
await browser.close();
