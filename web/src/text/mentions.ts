//! People mentioned in a text: `@[name](user:id)` as it is kept, `@name` as it is typed and read. Pure.

export interface Mention {
  name: string;
  id: string;
  /** As the text keeps it. */
  kept: string;
}

const pattern = /@\[([^\]\n]{1,80})\]\(user:([0-9a-f-]{36})\)/g;

/** The text as people read it, and whom it mentions. */
export function shown(value: string): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const text = value.replace(pattern, (kept, name: string, id: string) => {
    mentions.push({ name, id, kept });
    return `@${name}`;
  });
  return { text, mentions };
}

/** The text in pieces: plain ones and mentions. */
export function pieces(value: string): (string | Mention)[] {
  const parts: (string | Mention)[] = [];
  let end = 0;
  for (const found of value.matchAll(pattern)) {
    if (found.index > end) parts.push(value.slice(end, found.index));
    parts.push({ name: found[1] ?? "", id: found[2] ?? "", kept: found[0] });
    end = found.index + found[0].length;
  }
  if (end < value.length) parts.push(value.slice(end));
  return parts;
}

/** What stands behind the last "@" before the caret, while a mention may be meant. */
export function asked(before: string): string | null {
  return /(?:^|[\s，。、；（(])@([^\s@]{0,20})$/.exec(before)?.[1] ?? null;
}

/** The kept text with the mention in place of the "@…" before the caret of the shown text. */
export function withMention(value: string, caret: number, name: string, id: string): string {
  const { text, mentions } = shown(value);
  const before = text.slice(0, caret).replace(/@[^\s@]*$/, "");
  const mention = { name, id, kept: `@[${name}](user:${id})` };
  const next = `${before}${mention.kept} ${text.slice(caret)}`;
  return mentions.reduce((kept, one) => kept.replace(`@${one.name}`, one.kept), next);
}
