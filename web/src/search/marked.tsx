//! Text with the searched words marked: where they stand as they were typed, else where the server says they are spelled.

export interface Part {
  text: string;
  hit: boolean;
}

export function parts(text: string, words: string, marks: readonly [number, number][] = []): Part[] {
  const wanted = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (wanted.length === 0) return [{ text, hit: false }];
  const found = text
    .split(new RegExp(`(${wanted.join("|")})`, "gi"))
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter((part) => part.text);
  return found.some(({ hit }) => hit) ? found : between(text, marks);
}

/** Marks are counted in characters, of which some are two units of a JavaScript text. */
function between(text: string, marks: readonly [number, number][]): Part[] {
  const characters = [...text];
  const found: Part[] = [];
  let end = 0;
  const add = (from: number, to: number, hit: boolean) => {
    if (to > from) found.push({ text: characters.slice(from, to).join(""), hit });
  };
  for (const [from, to] of marks) {
    if (from < end) continue;
    add(end, from, false);
    add(from, to, true);
    end = to;
  }
  add(end, characters.length, false);
  return found;
}

interface Props {
  text: string;
  words: string;
  marks?: [number, number][];
}

export function Marked({ text, words, marks }: Props) {
  return parts(text, words, marks).map((part, index) =>
    part.hit ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
