//! Files, imports and exports: calls and the shapes of their records. Not the screens.

import { queryOptions } from "@tanstack/react-query";
import { address, call, get, post } from "./client";
import type { CrmRecord, Value } from "./types";

export interface Inspection {
  kind: string;
  encoding?: string;
  columns: { name: string; samples: string[] }[];
  rows: number;
  mapping?: Mapping | null;
}

export interface ColumnRule {
  field: string;
  date?: string;
  translate?: Record<string, string>;
  empty?: string;
  trim?: boolean;
  list?: string;
}

export interface LinkRule {
  /** The fields that find it; its name, mail or number where none are named. */
  match?: string[];
  if_missing: "create" | "empty" | "problem";
}

export interface Mapping {
  object: string;
  policy: "create" | "skip" | "update" | "create_or_update";
  match_on: string[];
  columns: Record<string, ColumnRule>;
  links?: Record<string, LinkRule>;
  computed?: Record<string, string>;
  constants?: Record<string, Value>;
}

export interface ImportRecord extends CrmRecord {
  status: "waiting" | "running" | "done" | "cancelled" | "failed" | "undone";
  dry_run?: boolean;
  rows_total?: number;
  rows_done?: number;
  rows_created?: number;
  rows_updated?: number;
  rows_skipped?: number;
  rows_failed?: number;
}

export interface PreviewRow {
  row: number;
  action: "create" | "update" | "skip" | "fail";
  values: Record<string, Value>;
  changes?: { field: string; old: Value; new: Value }[];
  problems?: { field: string; code: string; message: string }[];
}

export interface Preview {
  rows: PreviewRow[];
  truncated: boolean;
}

export interface ExportRecord extends CrmRecord {
  status: ImportRecord["status"];
  rows_total?: number;
  rows_done?: number;
}

/** Uploads a file; `about` is the record it belongs to. */
export function upload(file: File, about?: { object: string; id: string }): Promise<CrmRecord> {
  return call<CrmRecord>("POST", "/files", {
    raw: file,
    query: about,
    headers: {
      "X-File-Name": encodeURIComponent(file.name),
      "Content-Type": file.type || "application/octet-stream",
    },
  });
}

export function inspect(file: string, object?: string): Promise<Inspection> {
  return post<Inspection>("/imports/inspect", object ? { file, object } : { file });
}

export function startImport(file: string, mapping: Mapping, dryRun: boolean): Promise<ImportRecord> {
  return post<ImportRecord>("/imports", { file, mapping, dry_run: dryRun });
}

export function commandImport(id: string, command: "run" | "cancel" | "undo"): Promise<unknown> {
  return post(`/imports/${id}/commands/${command}`);
}

/** Milliseconds between looks at a running job. */
const pollMs = 700;
const running = (record: CrmRecord | undefined): boolean =>
  record?.status === "waiting" || record?.status === "running" || record === undefined;

/** Whether what was asked for has not begun yet: the import still stands as it did before. */
const waits = (record: ImportRecord | undefined, asked: "run" | "undo" | undefined): boolean =>
  asked === "run"
    ? !!record?.dry_run && record.status === "done"
    : asked === "undo" && record?.status !== "undone";

export const importQuery = (id: string, asked?: "run" | "undo") =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: () => get<ImportRecord>(`/imports/${id}`),
    refetchInterval: ({ state }) =>
      running(state.data) || (state.data?.status !== "failed" && waits(state.data, asked)) ? pollMs : false,
  });

export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id, "preview"],
    queryFn: () => get<Preview>(`/imports/${id}/preview`),
  });

export const errorsAddress = (id: string): string => address(`/imports/${id}/errors`);

export function startExport(input: Record<string, unknown>): Promise<ExportRecord> {
  return post<ExportRecord>("/exports", input);
}

export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ["export", id],
    queryFn: () => get<ExportRecord>(`/exports/${id}`),
    refetchInterval: ({ state }) => (running(state.data) ? pollMs : false),
  });

export const exportAddress = (id: string): string => address(`/exports/${id}/content`);
