//! What the day's page shows: which records of which objects want attention, and which numbers are worth a look.

import type { Value } from "../api/types";
import { both, type Condition, type Filter } from "../filters/filter";

/** Whose work: one's own, that of one's department and those below, or everybody's. */
export type Whose = "me" | "team" | "all";

export interface Todo {
  key: string;
  object: string;
  /** The view that lists them all, and its filter. */
  filter: Filter;
  sort: string;
  /** The field that says when, beside the title. */
  when?: string;
  /** What the record belongs to. */
  about?: string[];
  /** Late is bad: shown as such. */
  late?: boolean;
  /** A command that ticks it off. */
  done?: string;
}

export interface Figure {
  key: string;
  object: string;
  filter: Filter;
  measure: string;
  /** Date by which the spark line goes, week by week, and over which records. */
  spark?: { by: string; filter: Filter };
}

/** Groups of records side by side, such as a pipeline by stage. */
export interface Bars {
  key: string;
  object: string;
  filter: Filter;
  group: string;
  measure: string;
}

const is = (field: string, op: string, value?: Value): Condition =>
  value === undefined ? { field, op } : { field, op, value };
const within = (field: string, period: string) => is(field, "within", period);
const longAgo = (field: string, days: number): Filter => ({ not: within(field, `last_${days}_days`) });

const openTask = is("status", "eq", "open");
const openDeal = is("status", "eq", "open");
/** Days after which an opportunity nobody spoke about stands still, and a customer is forgotten. */
const stillDays = 14;
const forgottenDays = 90;

export const todos: Todo[] = [
  {
    key: "contact_today",
    object: "account",
    filter: is("next_contact_on", "lte", "today"),
    sort: "next_contact_on",
    when: "next_contact_on",
    about: ["phone"],
  },
  {
    key: "overdue",
    object: "task",
    filter: { and: [openTask, within("due_on", "overdue")] },
    sort: "due_on",
    when: "due_on",
    about: ["account", "contact", "lead", "opportunity"],
    late: true,
    done: "complete",
  },
  {
    key: "tasks_today",
    object: "task",
    filter: { and: [openTask, within("due_on", "today")] },
    sort: "-priority",
    when: "due_on",
    about: ["account", "contact", "lead", "opportunity"],
    done: "complete",
  },
  {
    key: "meetings",
    object: "activity",
    filter: {
      and: [
        is("kind", "in", ["meeting", "visit"]),
        { or: [within("at", "today"), within("at", "next_7_days")] },
      ],
    },
    sort: "at",
    when: "at",
    about: ["account", "contact", "opportunity"],
  },
  {
    key: "still",
    object: "opportunity",
    filter: { and: [openDeal, longAgo("last_contact_at", stillDays)] },
    sort: "last_contact_at",
    when: "last_contact_at",
    about: ["account"],
    late: true,
  },
  {
    key: "forgotten",
    object: "account",
    filter: {
      and: [
        is("lifecycle", "in", ["customer", "repeat", "regained"]),
        longAgo("last_contact_at", forgottenDays),
      ],
    },
    sort: "last_contact_at",
    when: "last_contact_at",
    about: ["level"],
    late: true,
  },
];

export const figures: Figure[] = [
  {
    key: "pipeline",
    object: "opportunity",
    filter: openDeal,
    measure: "sum:amount",
    spark: { by: "created_at", filter: { and: [] } },
  },
  {
    key: "won",
    object: "opportunity",
    filter: { and: [is("status", "eq", "won"), within("closed_at", "this_month")] },
    measure: "sum:amount",
    spark: { by: "closed_at", filter: is("status", "eq", "won") },
  },
  {
    key: "closing",
    object: "opportunity",
    filter: { and: [openDeal, within("close_on", "this_month")] },
    measure: "sum:amount",
  },
  {
    key: "leads",
    object: "lead",
    filter: is("status", "in", ["new", "assigned", "in_process"]),
    measure: "count",
    spark: { by: "created_at", filter: { and: [] } },
  },
  {
    key: "contacts",
    object: "activity",
    filter: within("at", "this_week"),
    measure: "count",
    spark: { by: "at", filter: { and: [] } },
  },
];

export const bars: Bars[] = [
  { key: "stages", object: "opportunity", filter: openDeal, group: "stage", measure: "sum:amount" },
];

/** The board of a person's team: who carries what. */
export const team: Bars[] = [
  { key: "team_pipeline", object: "opportunity", filter: openDeal, group: "owner", measure: "sum:amount" },
  {
    key: "team_won",
    object: "opportunity",
    filter: { and: [is("status", "eq", "won"), within("closed_at", "this_month")] },
    group: "owner",
    measure: "sum:amount",
  },
  {
    key: "team_contacts",
    object: "activity",
    filter: within("at", "this_week"),
    group: "owner",
    measure: "count",
  },
  {
    key: "team_overdue",
    object: "task",
    filter: { and: [openTask, within("due_on", "overdue")] },
    group: "owner",
    measure: "count",
  },
];

/** Records of the person, of the department and those below it, or all. */
export function ofWhom(whose: Whose, department: string | undefined): Filter | null {
  if (whose === "me") return is("owner", "eq", "me");
  if (whose === "team" && department) return is("owner.department", "under", department);
  return null;
}

/** Narrows a filter of the page to whose it is, with `today` put in as a day. */
export function asked(
  filter: Filter,
  whose: Whose,
  department: string | undefined,
  today: string,
): Filter | null {
  const day = JSON.parse(
    JSON.stringify(filter).replaceAll('"op":"lte","value":"today"', `"op":"lte","value":"${today}"`),
  );
  return both(day as Filter, ofWhom(whose, department));
}
