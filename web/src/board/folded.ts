//! Which columns of a board are folded away, remembered on this device.

import { useState } from "react";

export interface Folded {
  has: (id: string) => boolean;
  toggle: (id: string) => void;
}

function read(key: string): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function useFolded(board: string): Folded {
  const key = `guanxi.board.${board}`;
  const [folded, setFolded] = useState(() => read(key));
  return {
    has: (id) => folded.includes(id),
    toggle: (id) => {
      const next = folded.includes(id) ? folded.filter((one) => one !== id) : [...folded, id];
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage may be refused; folding then lasts as long as the page.
      }
      setFolded(next);
    },
  };
}
