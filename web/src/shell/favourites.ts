//! The records and lists a person keeps at hand. Titles only; what may be seen is asked again on opening.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMe } from "../api/session";
import type { Favourite } from "../api/types";
import { changePreferences, preferencesOf } from "./preferences";

/** More would be a list, not favourites; the server takes no more. */
const favouritesMax = 30;

const same = (a: Favourite, b: Favourite): boolean => a.object === b.object && a.id === b.id;

export function isFavourite(all: readonly Favourite[], one: Favourite): boolean {
  return all.some((other) => same(other, one));
}

/** Adds it, or takes it away where it was. */
export function toggleFavourite(client: QueryClient, { object, id, title }: Favourite): void {
  const one = { object, id, title };
  const { favourites } = preferencesOf(client);
  const others = favourites.filter((other) => !same(other, one));
  const next = others.length < favourites.length ? others : [...favourites, one].slice(-favouritesMax);
  void changePreferences(client, { favourites: next });
}

export function useFavourites(): { favourites: Favourite[]; toggle: (one: Favourite) => void } {
  const client = useQueryClient();
  const { favourites } = useMe().preferences;
  const toggle = useCallback((one: Favourite) => toggleFavourite(client, one), [client]);
  return { favourites, toggle };
}
