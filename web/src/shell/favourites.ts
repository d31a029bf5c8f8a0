//! The records and lists a person keeps at hand, on this device. Titles only; what may be seen is asked again on opening.

import { useSyncExternalStore } from "react";

export interface Favourite {
  object: string;
  /** Without: the list of the object. */
  id?: string;
  title?: string;
}

const key = "guanxi.favourites";
/** More would be a list, not favourites. */
const favouritesMax = 30;
const listeners = new Set<() => void>();
let favourites: Favourite[] = read();

function read(): Favourite[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as Favourite[];
  } catch {
    return [];
  }
}

function put(next: Favourite[]): void {
  favourites = next;
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Storage may be refused; the favourites then last as long as the page.
  }
  for (const listener of listeners) listener();
}

const same = (a: Favourite, b: Favourite): boolean => a.object === b.object && a.id === b.id;

export function isFavourite(all: readonly Favourite[], one: Favourite): boolean {
  return all.some((other) => same(other, one));
}

/** Adds it, or takes it away where it was. */
export function toggleFavourite(one: Favourite): void {
  const others = favourites.filter((other) => !same(other, one));
  put(others.length < favourites.length ? others : [...favourites, one].slice(-favouritesMax));
}

/** Nothing of what one person kept is left for the next. */
export function forgetFavourites(): void {
  put([]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useFavourites(): Favourite[] {
  return useSyncExternalStore(subscribe, () => favourites);
}
