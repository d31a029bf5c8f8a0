//! The records seen last, newest first, on this device. Titles only; what may be seen is asked again on opening.

import { useSyncExternalStore } from "react";

export interface Recent {
  object: string;
  id: string;
  title: string;
}

const key = "guanxi.recent";
const recentMax = 12;
const listeners = new Set<() => void>();
let recents: Recent[] = read();

function read(): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as Recent[];
  } catch {
    return [];
  }
}

export function rememberRecent(one: Recent): void {
  const [first] = recents;
  if (first?.id === one.id && first.title === one.title) return;
  // Called while a record renders: others are told after it.
  queueMicrotask(() => {
    recents = [one, ...recents.filter(({ id }) => id !== one.id)].slice(0, recentMax);
    try {
      localStorage.setItem(key, JSON.stringify(recents));
    } catch {
      // Storage may be refused; the list then lasts as long as the page.
    }
    for (const listener of listeners) listener();
  });
}

/** Nothing of what one person saw is left for the next. */
export function forgetRecents(): void {
  recents = [];
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRecents(): Recent[] {
  return useSyncExternalStore(subscribe, () => recents);
}
