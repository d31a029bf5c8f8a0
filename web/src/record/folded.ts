//! Which parts of record pages are folded away, remembered on this device.

import { useState } from "react";

const key = "guanxi.record.folded";

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function useFolded(name: string): [boolean, (folded: boolean) => void] {
  const [folded, setFolded] = useState(() => read().includes(name));
  const fold = (next: boolean) => {
    setFolded(next);
    const others = read().filter((one) => one !== name);
    try {
      localStorage.setItem(key, JSON.stringify(next ? [...others, name] : others));
    } catch {
      // Storage may be refused; folding then lasts as long as the page.
    }
  };
  return [folded, fold];
}
