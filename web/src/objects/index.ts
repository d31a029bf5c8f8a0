//! The only place of the UI where an object may be named: extra slots on generic screens, never whole pages.

import type { ComponentType } from "react";
import type { CrmRecord, ObjectSchema } from "../api/types";

export interface Slots {
  /** Shown under the details of a record. */
  recordAside?: ComponentType<{ object: ObjectSchema; record: CrmRecord }>;
  /** Belongs to the timeline of what it links to, and is added there. */
  onTimeline?: boolean;
  /** The part of a record one opens it for; its timeline where none is named. */
  opensAt?: "timeline" | "related";
}

const slots: Record<string, Slots> = {
  activity: { onTimeline: true },
  task: { onTimeline: true },
  order: { opensAt: "related" },
};

export function slotsOf(object: string): Slots {
  return slots[object] ?? {};
}
