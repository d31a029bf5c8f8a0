// Measures the first load (HTML + everything its entry and the first list need, gzipped) against the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes of HTML, JS and CSS, gzipped, until a list stands. */
const budget = 250 * 1024;
const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"));

const files = new Set(["index.html", "theme.js"]);
function add(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) add(imported);
}
// The entry, one language (the larger), the frame and the list: what the first view loads.
for (const key of ["index.html", "src/i18n/zh-CN.json", "src/shell/shell.tsx", "src/list/page.tsx"]) add(key);

const sizes = [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(dist + file)).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes))
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${file}`);
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  first load, budget ${budget / 1024} KB`);
process.exit(total > budget ? 1 : 0);
