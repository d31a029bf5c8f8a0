//! What a list needs, fetched while the pointer is still on its way.

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
