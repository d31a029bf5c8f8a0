//! The only place of the UI where an object may be named: extra slots on generic screens, never whole pages.

import type { ComponentType } from "react";
import type { CrmRecord, ObjectSchema } from "../api/types";

export interface Slots {
  /** Shown under the details of a record. */
  recordAside?: ComponentType<{ object: ObjectSchema; record: CrmRecord }>;
}

const slots: Record<string, Slots> = {};

export function slotsOf(object: string): Slots {
  return slots[object] ?? {};
}
