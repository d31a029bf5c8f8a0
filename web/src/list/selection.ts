//! Which records of a list are selected: some by id, or all that match but some. Survives paging, not leaving the list.

import { useState } from "react";
import { both, type Filter } from "../filters/filter";

export interface Selection {
  /** The chosen ids; with `all`, those left out. */
  ids: ReadonlySet<string>;
  /** Everything that matches the filter, whether loaded or not. */
  all: boolean;
  some: boolean;
  has: (id: string) => boolean;
  toggle: (index: number, id: string, range?: boolean) => void;
  /** Chooses exactly these. */
  take: (ids: string[]) => void;
  takeAll: () => void;
  clear: () => void;
  /** How many are chosen of so many that match. */
  count: (matching: number) => number;
  /** The chosen ones as a filter, where all but some are. */
  filter: (asked: Filter | null, q: string) => Filter;
}

export function useSelection(idAt: (index: number) => string | undefined): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [last, setLast] = useState(-1);
  const has = (id: string) => all !== ids.has(id);
  return {
    ids,
    all,
    some: all || ids.size > 0,
    has,
    toggle: (index, id, range = false) => {
      const next = new Set(ids);
      const add = !has(id);
      const [from, to] = range && last >= 0 ? [Math.min(last, index), Math.max(last, index)] : [index, index];
      for (let at = from; at <= to; at += 1) {
        const one = at === index ? id : idAt(at);
        if (!one) continue;
        if (add !== all) next.add(one);
        else next.delete(one);
      }
      setIds(next);
      setLast(index);
    },
    take: (chosen) => {
      setAll(false);
      setIds(new Set(chosen));
    },
    takeAll: () => {
      setAll(true);
      setIds(new Set());
    },
    clear: () => {
      setAll(false);
      setIds(new Set());
      setLast(-1);
    },
    count: (matching) => (all ? Math.max(0, matching - ids.size) : ids.size),
    filter: (asked, q) => {
      const search = q ? { search: q } : null;
      const but = ids.size > 0 ? { field: "id", op: "not_in", value: [...ids] } : null;
      return both(asked, search, but) ?? { and: [] };
    },
  };
}
