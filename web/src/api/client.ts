//! One function that calls the API: base address, language, CSRF token, problems. Not a cache.

import { seeAsToken } from "./see_as";
import type { CrmRecord, FieldProblem } from "./types";

/** Path prefix of this workspace: "" or "/w/name". */
export const prefix = /^\/w\/[^/]+/.exec(window.location.pathname)?.[0] ?? "";
export const apiBase = `${prefix}/api/v1`;

interface ProblemBody {
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  errors?: FieldProblem[];
  current?: CrmRecord;
  request_id?: string;
}

/** What the server refused, after RFC 9457; `code` is "offline" when it could not be reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: FieldProblem[];
  readonly current: CrmRecord | undefined;
  readonly requestId: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? body.code ?? String(status));
    this.status = status;
    this.code = body.code ?? (status === 0 ? "offline" : "unexpected");
    this.detail = body.detail ?? "";
    this.errors = body.errors ?? [];
    this.current = body.current;
    this.requestId = body.request_id;
  }
}

let csrf = "";
let onSignedOut: () => void = () => {};

export function setCsrf(token: string): void {
  csrf = token;
}

/** Called once when a call is answered with 401 while the page believed to be signed in. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

export interface CallOptions {
  query?: Record<string, string | number | boolean | undefined | null>;
  body?: unknown;
  raw?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function address(path: string, query: CallOptions["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return apiBase + path + (text ? `?${text}` : "");
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "en",
    ...options.headers,
  };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  const seen = seeAsToken();
  if (seen) headers["X-See-As"] = seen;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, {});
  }
  if (response.ok) {
    if (response.status === 204) return undefined as T;
    const type = response.headers.get("Content-Type") ?? "";
    return (type.includes("json") ? await response.json() : await response.text()) as T;
  }
  const body: ProblemBody = await response.json().catch(() => ({}));
  if (response.status === 401 && path !== "/session" && path !== "/me") onSignedOut();
  throw new Problem(response.status, body);
}

export const get = <T>(path: string, query?: CallOptions["query"], signal?: AbortSignal): Promise<T> =>
  call<T>("GET", path, { query, signal });
export const post = <T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> =>
  call<T>("POST", path, { body: body ?? {}, headers });

/** Asks for a file by a call that changes or costs something, and hands it to the browser as a download. */
export async function download(method: string, path: string): Promise<void> {
  const response = await fetch(address(path), {
    method,
    headers: { "X-CSRF-Token": csrf, "Accept-Language": document.documentElement.lang || "en" },
    credentials: "same-origin",
  });
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
  const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name ?? "download";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
