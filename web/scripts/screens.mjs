// Takes pictures of the screens: `node scripts/screens.mjs OUT [BASE] [NAME…]`, against a running dev server or binary.
// `GUANXI_EMAIL` and `GUANXI_PASSWORD` sign in first; LOCALES, SCHEMES and WIDTHS narrow what is taken.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [out = "../screens", base = "http://127.0.0.1:5180", ...only] = process.argv.slice(2);
const { GUANXI_EMAIL: email, GUANXI_PASSWORD: password } = process.env;
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const wait = (page, selector) => page.locator(selector).first().waitFor({ timeout: 15_000 });
const at =
  (path, selector = "h1") =>
  async (page) => {
    await page.goto(base + path);
    await wait(page, selector);
  };
const first = (plural) => async (page) => {
  await page.goto(`${base}/${plural}?view=all`);
  await page.locator('[role="rowheader"] a, [role="row"] a').first().click();
  await wait(page, "article h1");
};
const tab = (name) => async (page) => {
  await first("accounts")(page);
  await page.goto(`${page.url()}?tab=${name}`);
  await wait(page, "article h1");
};
/** A list first, then a key or a press on it; what needs a grid is left out where lists are cards. */
const onList =
  (then, path = "/accounts") =>
  async (page) => {
    await page.goto(base + path);
    await wait(page, '[role="row"] a');
    await then(page);
  };
const isWide = (page) => page.viewportSize().width > 640;
const filter = {
  and: [
    { field: "industry", op: "in", value: ["retail", "software"] },
    { not: { field: "last_contact_at", op: "within", value: "last_30_days" } },
    {
      or: [
        { field: "employees", op: "gt", value: 100 },
        { field: "owner.department", op: "is_not_empty" },
      ],
    },
  ],
};

/** Screens by name: an address, or steps. */
const screens = {
  home: at("/?whose=all", "h1"),
  home_team: at("/?whose=team", "h1"),
  accounts: at("/accounts", '[role="row"] a'),
  cell: onList(async (page) => {
    if (!isWide(page)) return;
    await page.locator("[data-row='3'] [data-col='1']").click();
    await page.keyboard.press("F2");
    await page.waitForTimeout(300);
  }),
  block: onList(async (page) => {
    if (!isWide(page)) return;
    await page.locator("[data-row='2'] [data-col='1']").click();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"])
      await page.keyboard.press(`Shift+${key}`);
  }),
  grouped: at("/opportunities?view=all&group=stage", '[role="row"] a'),
  columns: onList(async (page) => {
    if (isWide(page)) await page.locator("button[aria-haspopup=dialog]").nth(2).click();
  }),
  sort: onList((page) => page.locator("button[aria-haspopup=dialog]").nth(1).click()),
  filter: async (page) => {
    await page.goto(`${base}/accounts?view=all&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await page.locator("button[aria-haspopup=dialog]").first().click();
    await wait(page, "fieldset");
  },
  view: onList(async (page) => {
    await page.locator("nav + span button[aria-haspopup=menu]").first().click();
    await page.locator('[role="menuitem"]').first().click();
    await wait(page, '[role="dialog"] input');
  }),
  selection: onList(async (page) => {
    for (const index of [1, 2, 3]) await page.locator('[role="row"] input[type=checkbox]').nth(index).click();
    await wait(page, '[role="toolbar"]');
  }),
  empty: at("/tasks?view=all&q=zzzzz"),
  board: at("/opportunities", "article a"),
  lanes: at("/opportunities?lanes=owner", "article a"),
  month: at("/tasks?view=calendar&span=month", "[data-day]"),
  week: at("/activities?view=calendar&span=week", "[data-day]"),
  bin: async (page) => {
    await at("/bin", "h1")(page);
    await page.waitForTimeout(400);
  },
  search: at("/search?q=科技", "[data-hit]"),
  palette: onList(async (page) => {
    await page.keyboard.press("Control+k");
    await wait(page, '[role="combobox"]');
    await page.keyboard.type("kh");
    await page.waitForTimeout(400);
  }),
  go: onList((page) => page.keyboard.press("g")),
  keys: onList((page) => page.keyboard.press("?")),
  account: first("accounts"),
  history: tab("history"),
  access: tab("access"),
  order: first("orders"),
  opportunity: first("opportunities"),
  edit: async (page) => {
    await first("accounts")(page);
    await page.keyboard.press("e");
    await wait(page, "form input");
  },
  create: onList(async (page) => {
    await page.keyboard.press("c");
    await wait(page, '[role="dialog"] input');
  }),
  import: at("/import"),
  map: async (page) => {
    await page.goto(`${base}/import`);
    await page.setInputFiles("input[type=file]", {
      name: "客户.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("客户名称,电话\n上海云帆信息技术有限公司,02155501234\n"),
    });
    await wait(page, "table");
  },
  preview: async (page) => {
    await screens.map(page);
    await page.locator("button:has-text('检查'), button:has-text('Check')").last().click();
    await wait(page, "dl dd");
  },
  profile: at("/settings/profile"),
  security: at("/settings/security"),
  users: at("/settings/users"),
  departments: at("/settings/departments"),
  roles: at("/settings/roles"),
  pipelines: at("/settings/pipelines"),
  audit: at("/settings/audit"),
  access_log: at("/settings/access_log"),
  jobs: at("/settings/jobs"),
  backup: at("/settings/backup"),
  about: at("/settings/about"),
  api_keys: at("/settings/api_keys"),
  notifications: at("/settings/notifications"),
  company: at("/settings/company"),
  peek: onList(async (page) => {
    if (!isWide(page)) return;
    await page.locator("[data-row='2'] [data-col='1']").click();
    await page.keyboard.press("Space");
    await wait(page, "aside article h1, [role=complementary] h1, article h1");
  }),
  export: onList(async (page) => {
    await page
      .getByRole("button", { name: /^(更多操作|More actions)$/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: /导出|Export/ }).click();
    await wait(page, '[role="dialog"]');
  }),
  bell: onList(async (page) => {
    await page
      .getByRole("button", { name: /通知|Notifications/ })
      .first()
      .click();
    await page.waitForTimeout(300);
  }),
  share: async (page) => {
    await first("accounts")(page);
    await page.locator("article header button[aria-haspopup=menu]").last().click();
    await page.getByRole("menuitem", { name: /共享|Share/ }).click();
    await wait(page, '[role="dialog"]');
  },
  lost: async (page) => {
    await first("opportunities")(page);
    await page
      .getByRole("article")
      .getByRole("button", { name: /输单|Lost/ })
      .first()
      .click();
    await wait(page, '[role="dialog"]');
  },
  begin: async (page) => {
    const only = (items) => (route) => route.fulfill({ json: { items, next: null } });
    await page.route("**/api/v1/users?*limit=2*", only([{ id: "1", name: "李娜" }]));
    await page.route("**/api/v1/accounts?*limit=1&*", only([]));
    await at("/", "h1")(page);
  },
  missing: at("/nowhere/at/all"),
  merge: async (page) => {
    await first("accounts")(page);
    await page.locator("article header button[aria-haspopup=menu]").last().click();
    await page.getByRole("menuitem", { name: /合并|Merge/ }).click();
    await wait(page, '[role="dialog"] input');
  },
  setup: async (page) => {
    await page.route("**/api/v1/setup", (route) => route.fulfill({ json: { needed: true } }));
    await at("/setup?token=abc", "form")(page);
  },
  invitation: at("/invitation?token=abc"),
  signin: at("/sign-in"),
};

async function take(name, go, locale, scheme, width) {
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
  try {
    if (email && !["signin", "setup", "invitation"].includes(name)) {
      await page.request.post(`${base}/api/v1/session`, { data: { email, password } });
    }
    await go(page);
    // The stream of live events never ends, so there is no idle network to wait for.
    await page
      .waitForFunction(
        () => !document.querySelector(".mantine-Skeleton-root, .mantine-Loader-root, main [role=status]"),
        null,
        {
          timeout: 5000,
        },
      )
      .catch(() => {});
    await page.waitForTimeout(450);
  } catch (error) {
    console.log(name, locale, scheme, width, String(error).slice(0, 200));
    process.exitCode = 1;
  }
  await page.screenshot({ path: `${out}/${name}-${locale}-${scheme}-${width}.png` });
  await context.close();
}

const list = (value, other) => (value ?? other).split(",");
for (const [name, go] of Object.entries(screens)) {
  if (only.length && !only.includes(name)) continue;
  for (const locale of list(process.env.LOCALES, "zh-CN,en")) {
    for (const scheme of list(process.env.SCHEMES, "light,dark")) {
      for (const width of list(process.env.WIDTHS, "1440,390").map(Number)) {
        await take(name, go, locale, scheme, width);
      }
    }
  }
}
await browser.close();
