//! What was searched for last, on this device.

import { useSyncExternalStore } from "react";

const key = "guanxi.searches";
const wordsMax = 8;
const listeners = new Set<() => void>();
let words = read();

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

function put(next: string[]): void {
  words = next;
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Storage may be refused; the words then last as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Remembers words that led somewhere. */
export function rememberWords(text: string): void {
  const clean = text.trim();
  if (clean) put([clean, ...words.filter((one) => one !== clean)].slice(0, wordsMax));
}

export function forgetWords(): void {
  put([]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useWords(): string[] {
  return useSyncExternalStore(subscribe, () => words);
}
