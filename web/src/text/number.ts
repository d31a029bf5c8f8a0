//! Exact decimals as text: reading what people type and writing what they read. Never a float in between.

/** Full-width digits and signs, as typed with a Chinese input method, to ASCII. */
export function narrow(text: string): string {
  return text
    .replace(/[０-９．，－＋％：]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[。]/g, ".")
    .replace(/[、]/g, ",")
    .replace(/\u3000/g, " ");
}

/** `"1,234.50"` → `"1234.50"`; null where it is no number. Currency signs and spaces are let through. */
export function parseDecimal(text: string): string | null {
  const plain = narrow(text)
    .replace(/[\s,¥￥$€£]/g, "")
    .replace(/%$/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? plain.replace(/^\+/, "").replace(/\.$/, "") : null;
}

/** Formats a decimal string exactly: `Intl` takes strings, but its TypeScript type does not say so everywhere. */
export function formatDecimal(value: string, locale: string, options: Intl.NumberFormatOptions = {}): string {
  const digits = value.split(".")[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: Math.max(digits, 0), ...options });
  return format.format(value as Intl.StringNumericLiteral);
}
