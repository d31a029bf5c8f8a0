//! Live updates: the server's change events mark cached queries as stale. Carries no data of its own.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "./client";
import { changed } from "./records";

/** Changes are gathered this long, so that an import does not refetch on every row. */
const gatherMs = 1500;

export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(address("/events"));
    const names = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener("change", (event) => {
      const { object } = JSON.parse(event.data) as { object: string };
      names.add(object);
      timer ??= setTimeout(() => {
        timer = undefined;
        void changed(client, ...names);
        names.clear();
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);
}
