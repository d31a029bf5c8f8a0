//! The only place of the UI where an object may be named: extra slots on generic screens, never whole pages.

import type { ComponentType } from "react";
import type { CrmRecord, ObjectSchema } from "../api/types";

/** How a record of what was done is logged in a few clicks: names of its fields. */
export interface QuickLog {
  /** The choice whose options are the buttons. */
  kind: string;
  title: string;
  text: string;
  /** Asked beside the text, in this order. */
  more: string[];
  /** The day of the next contact. */
  next: string;
}

/** Records that are still to be done: what they look like, and the command that does them. */
export interface ToDo {
  field: string;
  open: string;
  due: string;
  done: string;
}

export interface Slots {
  /** Shown under the details of a record. */
  recordAside?: ComponentType<{ object: ObjectSchema; record: CrmRecord }>;
  /** Belongs to the timeline of what it links to, and is added there. */
  onTimeline?: boolean;
  quickLog?: QuickLog;
  toDo?: ToDo;
  /** The part of a record one opens it for; its timeline where none is named. */
  opensAt?: "timeline" | "related";
  /** Since when a record stands at its step, and the field of the step that says for how many days it may. */
  stale?: { since: string; days: string };
  /** A second sum over a board's columns: what is likely to come of the first. */
  weighted?: string;
}

const slots: Record<string, Slots> = {
  activity: {
    onTimeline: true,
    quickLog: {
      kind: "kind",
      title: "subject",
      text: "content",
      more: ["result", "duration"],
      next: "next_contact_on",
    },
  },
  task: { onTimeline: true, toDo: { field: "status", open: "open", due: "due_on", done: "complete" } },
  order: { opensAt: "related" },
  opportunity: { stale: { since: "stage_since", days: "rotting_days" }, weighted: "weighted_amount" },
};

export function slotsOf(object: string): Slots {
  return slots[object] ?? {};
}

/** Where views that people save are kept. */
export const savedViews = { object: "saved_view", plural: "saved_views" };

/** What a person works off, one tap away on a phone. */
export const myWork = "task";
