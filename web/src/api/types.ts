//! The shapes of the REST API (docs/api.md), as the UI reads them. Not validation: the server is trusted.

export type Locale = "en" | "zh-CN";
export type Label = Record<Locale, string>;
// biome-ignore lint/suspicious/noExplicitAny: a field's value is whatever its kind says; kinds narrow it.
export type Value = any;

export interface Ref {
  id: string;
  title: string;
  object?: string;
}
export interface Money {
  amount: string;
  currency: string;
}

export interface Option {
  value: string;
  label: Label;
  color?: string | null;
  closed?: boolean;
}

export interface Field {
  name: string;
  kind: string;
  label: Label;
  help?: Label | null;
  required?: boolean;
  read_only?: boolean;
  unique?: boolean;
  sortable?: boolean;
  operators?: string[];
  access?: "read" | "write" | "masked";
  default?: Value;
  options?: Option[];
  target?: string;
  result?: string;
  scale?: number;
  max_chars?: number;
  min?: number | string | null;
  max?: number | string | null;
}

export interface View {
  name: string;
  label: Label;
  kind: "list" | "board" | "calendar";
  columns: string[];
  sort?: string[];
  filter?: Value;
  group?: string | null;
  sum?: string | null;
  date?: string | null;
}

export interface Command {
  name: string;
  label: Label;
  tone?: "positive" | "negative" | "neutral";
  inputs?: Field[];
  when?: string | null;
}

export interface Related {
  object: string;
  field: string;
  label: Label;
}

export interface Section {
  name: string;
  label: Label;
  fields: string[];
}

export interface ObjectSchema {
  name: string;
  plural: string;
  label: Label;
  plural_label: Label;
  module: string;
  icon?: string | null;
  title_field: string;
  subtitle_field?: string | null;
  searchable?: boolean;
  hidden?: boolean;
  actions: string[];
  sections: Section[];
  fields: Field[];
  views: View[];
  commands: Command[];
  related: Related[];
}

export interface Workspace {
  name: string;
  locale: Locale;
  currency: string;
  time_zone: string;
}

export interface Schema {
  version: string;
  workspace: Workspace;
  modules: { name: string; label: Label }[];
  objects: ObjectSchema[];
}

export interface CrmRecord {
  id: string;
  version: number;
  created_at?: string;
  created_by?: Ref | null;
  updated_at?: string;
  updated_by?: Ref | null;
  deleted_at?: string | null;
  _masked?: string[];
  _can?: string[];
  [field: string]: Value;
}

export interface Page {
  items: CrmRecord[];
  next: string | null;
  count?: { value: number; exact: boolean };
}

export interface Group {
  key: Value[];
  count?: number;
  [measure: string]: Value;
}

/** A record kept at hand, or without `id` the list of an object. */
export interface Favourite {
  object: string;
  id?: string;
  title?: string;
}

export interface Preferences {
  favourites: Favourite[];
  /** The view that a list opens with, by object. */
  opens: Record<string, string>;
}

export interface Me {
  user: {
    id: string;
    name: string;
    email: string;
    locale: Locale;
    time_zone: string;
    department?: Ref | null;
    roles: Ref[];
    administrator: boolean;
  };
  csrf: string;
  workspace: Workspace;
  preferences: Preferences;
  /** Who really looks, where one sees as another user. */
  seen_by?: { id: string };
}

export interface Change {
  field: string;
  old: Value;
  new: Value;
}

export interface HistoryItem {
  seq: number;
  version: number;
  at: string;
  actor: Ref | null;
  cause: { kind: string; id?: string | null };
  action: string;
  changes: Change[];
}

export interface TimelineItem {
  kind: string;
  at: string;
  actor: Ref | null;
  record?: CrmRecord;
  change?: HistoryItem;
}

export interface Explanation {
  visible: boolean;
  reasons: { code: string; text: string }[];
  actions: Record<string, boolean>;
}

export interface SearchHit {
  object: string;
  id: string;
  title: string;
  subtitle?: string | null;
  updated_at?: string;
  /** Characters of the title that were typed in pinyin: from, and up to. */
  marks?: [number, number][];
}

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

export interface BulkResult {
  id: string;
  done: number;
  failed: { id: string; code: string; problems: { message: string }[] }[];
}
