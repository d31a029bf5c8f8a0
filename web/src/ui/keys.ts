//! Single-key shortcuts that stay out of the way of typing, input methods and dialogs.

import { useEffect, useRef } from "react";

const offKey = "guanxi.letters";

/** Whether single letters and signs are shortcuts; people who speak or tremble can switch them off (WCAG 2.1.4). */
export function lettersOn(): boolean {
  try {
    return localStorage.getItem(offKey) !== "off";
  } catch {
    return true;
  }
}

export function setLetters(on: boolean): void {
  try {
    localStorage.setItem(offKey, on ? "on" : "off");
  } catch {
    // Storage may be refused; then they stay on.
  }
}

type Keys = Record<string, (event: KeyboardEvent) => void>;

function typing(target: EventTarget | null): boolean {
  const node = target as HTMLElement | null;
  return !!node?.closest?.(
    "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]",
  );
}

interface Layer {
  current: Keys;
}

/** What is nearer to the person comes last and is asked first. */
const layers: Layer[] = [];

function press(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const mod = event.ctrlKey || event.metaKey;
  const name = (mod ? "mod+" : "") + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (event.altKey || (!mod && (typing(event.target) || (event.key.length === 1 && !lettersOn())))) return;
  // While typing, the browser takes back what was typed.
  if (name === "mod+z" && typing(event.target)) return;
  const act = layers.findLast((layer) => layer.current[name])?.current[name];
  if (!act) return;
  event.preventDefault();
  act(event);
}

/**
 * `{"mod+k": …, "/": …}`; keys with `mod+` work while typing too, none while an input method composes.
 * With `under`, what other parts of the page make of a key comes first.
 */
export function useKeys(keys: Keys, under = false): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (layers.length === 0) window.addEventListener("keydown", press);
    if (under) layers.unshift(latest);
    else layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
      if (layers.length === 0) window.removeEventListener("keydown", press);
    };
  }, [under]);
}
