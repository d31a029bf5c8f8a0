//! What the person keeps for every device: shown at once, and kept by the server.

import type { QueryClient } from "@tanstack/react-query";
import { call } from "../api/client";
import { meQuery } from "../api/session";
import type { Preferences } from "../api/types";
import { sayProblem } from "../ui/toast";

const none: Preferences = { favourites: [], opens: {} };

export function preferencesOf(client: QueryClient): Preferences {
  return client.getQueryData(meQuery.queryKey)?.preferences ?? none;
}

/** Puts the parts that are given in the place of what was kept. */
export async function changePreferences(client: QueryClient, change: Partial<Preferences>): Promise<void> {
  const before = preferencesOf(client);
  const show = (preferences: Preferences) =>
    client.setQueryData(meQuery.queryKey, (me) => me && { ...me, preferences });
  show({ ...before, ...change });
  try {
    await call("PATCH", "/me", { body: { preferences: change } });
  } catch (error) {
    show(before);
    sayProblem(error);
  }
}
