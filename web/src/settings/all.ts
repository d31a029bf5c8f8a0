//! All records of a small object, page after page; for trees and matrices, not for lists.

import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client";
import type { CrmRecord, ObjectSchema, Page } from "../api/types";
import type { Filter } from "../filters/filter";

/** Records that a settings page shows at once. */
const recordsMax = 5000;

export const allQuery = (object: ObjectSchema, filter: Filter | null, sort: string) =>
  queryOptions({
    // Of the kind `few`, so that changes of the object mark it as stale.
    queryKey: ["few", object.name, "all", filter, sort],
    queryFn: async ({ signal }) => {
      const all: CrmRecord[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await get<Page>(
          `/${object.plural}`,
          { filter: filter ? JSON.stringify(filter) : undefined, sort, limit: 200, cursor },
          signal,
        );
        all.push(...page.items);
        cursor = page.next;
      } while (cursor && all.length < recordsMax);
      return all;
    },
    staleTime: 20_000,
  });
