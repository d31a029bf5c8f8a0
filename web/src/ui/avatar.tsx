//! Initials of a person or record in a colour that follows from its name. Decorative: the name stands beside it.

import styles from "./avatar.module.css";

const tones = [
  "#0b7566",
  "#1864ab",
  "#5f3dc4",
  "#862e9c",
  "#a61e4d",
  "#9c3c06",
  "#5c6b0b",
  "#2b6a30",
  "#495057",
];

export function initials(name: string): string {
  const clean = name.trim();
  if (!clean) return "?";
  if (/[\u3400-\u9fff]/.test(clean)) return clean.replace(/[^\u3400-\u9fff]/g, "").slice(0, 1);
  const words = clean.split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

export function Avatar({
  name,
  size = 20,
  square = false,
}: {
  name: string;
  size?: number;
  square?: boolean;
}) {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  const color = tones[hash % tones.length];
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.44,
        background: color,
        borderRadius: square ? size / 5 : "50%",
      }}
    >
      {initials(name)}
    </span>
  );
}
