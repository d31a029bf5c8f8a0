//! How close the rows of lists stand, chosen on this device for all lists.

import { useSyncExternalStore } from "react";

export type Density = "compact" | "normal" | "roomy";

/** Pixels of a row. */
export const rowPx: Record<Density, number> = { compact: 28, normal: 36, roomy: 46 };

const key = "guanxi.density";
const listeners = new Set<() => void>();
let chosen = read();

function read(): Density {
  try {
    const text = localStorage.getItem(key);
    return text === "compact" || text === "roomy" ? text : "normal";
  } catch {
    return "normal";
  }
}

export function setDensity(next: Density): void {
  chosen = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribe, () => chosen);
}
