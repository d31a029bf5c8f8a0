// Checks the UI's texts: both languages have the same keys, every key used in code exists, none lies unused,
// and no Chinese text stands in code outside the texts. Exits with 1 where one of these does not hold.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../src/", import.meta.url).pathname;
const flatten = (node, path = "") =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" ? [path + key] : flatten(value, `${path}${key}.`),
  );
// English has one and other, Chinese other alone: a plural is one key.
const base = (key) => key.replace(/_(zero|one|two|few|many|other)$/, "");
const read = (name) => JSON.parse(readFileSync(join(root, "i18n", name), "utf8"));
// Texts of the first view and those that come later are one set of keys.
const keys = Object.fromEntries(
  ["en", "zh-CN"].map((locale) => [
    locale,
    new Set([`${locale}.json`, `later/${locale}.json`].flatMap((name) => flatten(read(name))).map(base)),
  ]),
);

const sources = readdirSync(root, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

// Literals that look like keys count as used; `t(\`op.${x}\`)` uses all of `op.`.
const used = new Set();
const families = new Set();
const missing = [];
for (const { name, text } of sources) {
  for (const [, key] of text.matchAll(/\bt\(\s*"([a-z_]+(?:\.\w+)+)"/g)) {
    if (!keys.en.has(key)) missing.push(`${name}: ${key}`);
  }
  for (const [, key] of text.matchAll(/"([a-z_]+(?:\.\w+)+)"/g)) used.add(key);
  for (const [, family] of text.matchAll(/`([a-z_]+\.\w*)\$\{/g)) families.add(family);
}

const problems = [
  ...[...keys.en].filter((key) => !keys["zh-CN"].has(key)).map((key) => `missing in zh-CN: ${key}`),
  ...[...keys["zh-CN"]].filter((key) => !keys.en.has(key)).map((key) => `missing in en: ${key}`),
  ...missing.map((where) => `used but not there: ${where}`),
  ...[...keys.en]
    .filter((key) => !used.has(key) && ![...families].some((family) => key.startsWith(family)))
    .map((key) => `never used: ${key}`),
];

// Texts belong in the JSON files. Labels of languages in their own script, test data and declarations are exempt.
const exempt = new Set([
  "i18n/index.ts",
  "fields/duration.tsx",
  "fields/inputs/date.tsx",
  "api/schema.ts",
  "form/sections.ts",
  "text/number.ts",
  "welcome/frame.tsx",
]);
for (const { name, text } of sources) {
  if (exempt.has(name)) continue;
  text.split("\n").forEach((line, index) => {
    if (/[\u4e00-\u9fff]/.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
      problems.push(`text in code: ${name}:${index + 1}`);
  });
}

for (const problem of problems) console.error(problem);
console.log(`i18n: ${keys.en.size} keys, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
