//! Single-key shortcuts that stay out of the way of typing, input methods and dialogs.

import { useEffect, useRef } from "react";

type Keys = Record<string, (event: KeyboardEvent) => void>;

function typing(target: EventTarget | null): boolean {
  const node = target as HTMLElement | null;
  return !!node?.closest?.(
    "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]",
  );
}

/** `{"mod+k": …, "/": …}`; keys with `mod+` work while typing too, none while an input method composes. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      const mod = event.ctrlKey || event.metaKey;
      const name = (mod ? "mod+" : "") + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
      if (event.altKey || (!mod && typing(event.target))) return;
      const act = latest.current[name];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
