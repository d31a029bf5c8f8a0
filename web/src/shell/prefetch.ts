//! What a list needs, fetched while the pointer is still on its way; and its code when there is nothing else to do.

import type { QueryClient } from "@tanstack/react-query";
import type { ObjectSchema } from "../api/types";

const lately = new Map<string, number>();
/** Milliseconds in which one list is not fetched ahead twice. */
const againMs = 20_000;

export function fetchAhead(client: QueryClient, object: ObjectSchema): void {
  const now = performance.now();
  if (now - (lately.get(object.name) ?? Number.NEGATIVE_INFINITY) < againMs) return;
  lately.set(object.name, now);
  void import("../list/ahead").then(({ listAhead }) => listAhead(client, object));
}

/** Milliseconds after which a browser without idle callbacks counts as idle. */
const idleMs = 1500;

/** Fetches the code of lists once the page has come to rest: most people go to a list next. */
export function fetchListCode(): () => void {
  const fetch = () => void import("../list/ahead").then(({ listCode }) => listCode());
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(fetch, idleMs);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(fetch, { timeout: idleMs });
  return () => cancelIdleCallback(idle);
}
