//! The pinyin initials of Chinese words, from the browser's own collation; good enough to find a menu entry by.

/** The first character of each initial in pinyin order. */
const firsts =
  "\u963f\u516b\u5693\u54d2\u59b8\u53d1\u65ee\u54c8\u8ba5\u5494\u5783\u75f3\u62cf\u5662\u5991\u4e03\u5465\u6268\u5b83\u7a75\u5915\u4e2b\u5e00";
const letters = "abcdefghjklmnopqrstwxyz";
const collator = new Intl.Collator("zh-CN-u-co-pinyin");

function initial(char: string): string {
  if (!/[\u3400-\u9fff]/.test(char)) return char.toLowerCase();
  let at = -1;
  for (const first of firsts) {
    if (collator.compare(char, first) < 0) break;
    at += 1;
  }
  return letters[Math.max(0, at)] ?? "";
}

export function initials(text: string): string {
  return [...text].map(initial).join("");
}
