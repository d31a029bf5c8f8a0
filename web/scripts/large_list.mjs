// Measures a list of very many rows in a browser: `node scripts/large_list.mjs BASE EMAIL PASSWORD [PLURAL]`, against a
// running server that holds them. Prints how long it takes to open, blank rows met while scrolling, memory, and the
// longest wait for a paint after a key. Exits with 1 where a floor is missed.
import { chromium } from "playwright-core";

const [base, email, password, plural = "accounts"] = process.argv.slice(2);
const floors = { openMs: 300, blankRows: 0, growthMb: 40, paintMs: 100 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--js-flags=--expose-gc", "--enable-precise-memory-info"],
});
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.request.post(`${base}/api/v1/session`, { data: { email, password } });
await page.goto(`${base}/`);
const link = page.locator(`nav a[href$="/${plural}"]`).first();
await link.waitFor();
await page.waitForLoadState("networkidle").catch(() => {});

/** Milliseconds between arriving on a link and the click: shorter than most people take. */
const hoverMs = 80;
/** From the click to the paint in which rows stand, the way a person goes: over the link, then on it. */
const opens = [];
for (let turn = 0; turn < 5; turn += 1) {
  await page.locator('nav a[href="/"], nav a[href$="/"]').first().click();
  await page.locator("h1").first().waitFor();
  await page.waitForTimeout(300);
  await link.hover();
  await page.waitForTimeout(hoverMs);
  opens.push(
    await page.evaluate(async (target) => {
      const node = document.querySelector(`nav a[href$="/${target}"]`);
      const start = performance.now();
      node.click();
      while (!document.querySelector('[role="row"] [role="rowheader"] a'))
        await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - start;
    }, plural),
  );
}

const memory = async () => {
  const client = await context.newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return usedSize / 1024 / 1024;
};
const before = await memory();

/** Scrolls down at the pace of a wheel turned fast, and counts frames in which a seen row is still a placeholder. */
const scrolled = await page.evaluate(async () => {
  const scroller = document.querySelector('[role="grid"]').parentElement;
  let blank = 0;
  let frames = 0;
  let slow = 0;
  let last = performance.now();
  const started = last;
  while (performance.now() - started < 30_000) {
    scroller.scrollTop += 480;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    if (now - last > 50) slow += 1;
    last = now;
    frames += 1;
    const box = scroller.getBoundingClientRect();
    for (const row of document.querySelectorAll("[data-waiting]")) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > box.top + 34 && top < box.bottom - 34) blank += 1;
    }
  }
  const rows = [...document.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row));
  return { blank, frames, slow, reached: Math.max(...rows), drawn: rows.length };
});
const after = await memory();

/** From a key to the paint that shows where it led. */
const paints = await page.evaluate(async () => {
  const grid = document.querySelector('[role="grid"]');
  grid.focus();
  const waits = [];
  for (let index = 0; index < 60; index += 1) {
    const start = performance.now();
    grid.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    await new Promise((then) => setTimeout(then));
    waits.push(performance.now() - start);
  }
  return waits.sort((a, b) => a - b);
});

/** Back from a record the list stands where it stood. */
const place = await page.evaluate(() => document.querySelector('[role="grid"]').parentElement.scrollTop);
await page.evaluate(() => {
  const box = document.querySelector('[role="grid"]').parentElement.getBoundingClientRect();
  const links = [...document.querySelectorAll('[role="rowheader"] a')];
  links.find((one) => one.getBoundingClientRect().top > box.top + 200).click();
});
await page.locator("article h1, h1").first().waitFor();
await page.waitForTimeout(400);
await page.goBack();
await page.locator('[role="rowheader"] a').first().waitFor();
await page.waitForTimeout(300);
const again = await page.evaluate(() => document.querySelector('[role="grid"]').parentElement.scrollTop);

opens.sort((a, b) => a - b);
const result = {
  openMs: Math.round(opens[Math.floor(opens.length / 2)]),
  openWorstMs: Math.round(opens.at(-1)),
  rowsScrolled: scrolled.reached,
  rowsDrawn: scrolled.drawn,
  blankRows: scrolled.blank,
  frames: scrolled.frames,
  framesOver50Ms: scrolled.slow,
  heapBeforeMb: Math.round(before),
  heapAfterMb: Math.round(after),
  paintP95Ms: Math.round(paints[Math.floor(paints.length * 0.95)]),
  placeKept: Math.abs(place - again) < 4,
};
console.log(JSON.stringify(result, null, 2));
await browser.close();
const missed =
  result.openWorstMs > floors.openMs ||
  result.blankRows > floors.blankRows ||
  result.heapAfterMb - result.heapBeforeMb > floors.growthMb ||
  result.paintP95Ms > floors.paintMs ||
  !result.placeKept;
process.exit(missed ? 1 : 0);
