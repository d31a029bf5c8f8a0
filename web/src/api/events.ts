//! Live updates: the server's change events mark cached queries as stale. Carries no data of its own.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "./client";
import { settle } from "./held";

/** Changes are gathered this long, so that an import does not refetch on every row. */
const gatherMs = 1500;

export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(address("/events"));
    const gathered = new Map<string, string[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener("change", (event) => {
      const { object, id } = JSON.parse(event.data) as { object: string; id: string };
      const ids = gathered.get(object);
      if (ids) ids.push(id);
      else gathered.set(object, [id]);
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const [name, ids] of gathered) void settle(client, name, ids);
        gathered.clear();
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);
}
