//! What stands in a list, line by line: a record, the head of a group, or the way to more of a group.

import type { CrmRecord, Group } from "../api/types";

export interface GroupHead {
  /** Tells the group from others, also "none". */
  id: string;
  value: unknown;
  totals: Group;
}

export type Line =
  | { kind: "record"; record: CrmRecord }
  | { kind: "group"; head: GroupHead; open: boolean }
  | { kind: "more"; head: GroupHead; waiting: boolean };

/** Lines by their place; those not there yet are undefined. */
export interface Lines {
  count: number;
  at: (index: number) => Line | undefined;
}

export function recordAt(lines: Lines, index: number): CrmRecord | undefined {
  const line = lines.at(index);
  return line?.kind === "record" ? line.record : undefined;
}
