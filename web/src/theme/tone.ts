//! Colours of choices. The server names them; each has a dot, a background and a text of enough contrast in `tone.module.css`.

const tones = new Set([
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "indigo",
  "purple",
  "pink",
]);
const aliases: Record<string, string> = {
  grey: "gray",
  violet: "purple",
  grape: "purple",
  cyan: "teal",
  lime: "green",
  amber: "yellow",
  slate: "gray",
};

/** A known colour name; unknown ones are gray, so that a choice is never unreadable. */
export function tone(color: string | null | undefined): string {
  const name = aliases[color ?? ""] ?? color ?? "gray";
  return tones.has(name) ? name : "gray";
}
