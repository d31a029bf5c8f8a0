//! Which records of a list are selected: some by id, or all that match. Survives paging, not leaving the list.

import { useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  /** Everything that matches the filter, whether loaded or not. */
  all: boolean;
  has: (id: string) => boolean;
  toggle: (index: number, id: string, range?: boolean) => void;
  toggleLoaded: () => void;
  takeAll: () => void;
  clear: () => void;
}

export function useSelection(loaded: { id: string }[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [last, setLast] = useState(-1);
  const toggle = (index: number, id: string, range = false) => {
    const next = new Set(all ? loaded.map((one) => one.id) : ids);
    const [from, to] = range && last >= 0 ? [Math.min(last, index), Math.max(last, index)] : [index, index];
    const add = !next.has(id);
    for (const one of loaded.slice(from, to + 1)) {
      if (add) next.add(one.id);
      else next.delete(one.id);
    }
    setAll(false);
    setIds(next);
    setLast(index);
  };
  const whole = loaded.length > 0 && loaded.every(({ id }) => ids.has(id));
  return {
    ids,
    all,
    has: (id) => all || ids.has(id),
    toggle,
    toggleLoaded: () => {
      setAll(false);
      setIds(whole || all ? new Set() : new Set(loaded.map(({ id }) => id)));
    },
    takeAll: () => setAll(true),
    clear: () => {
      setAll(false);
      setIds(new Set());
    },
  };
}
