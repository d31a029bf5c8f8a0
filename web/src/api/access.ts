//! Calls about one's own account and about looking after the workspace. Not records: those are in records.ts.

import { queryOptions } from "@tanstack/react-query";
import { call, get, post } from "./client";
import type { HistoryItem, Locale, Me, Ref } from "./types";

export interface Passkey {
  id: string;
  name: string;
  created_at: string | null;
  used_at: string | null;
}

export interface Security {
  code: boolean;
  recovery_left: number;
  passkeys: Passkey[];
}

export const securityQuery = queryOptions({
  queryKey: ["me", "security"],
  queryFn: () => get<Security>("/me/security"),
});

export const beginCode = (password: string) =>
  post<{ secret: string; uri: string }>("/me/code", { password });
export const confirmCode = (code: string) => post<{ recovery: string[] }>("/me/code/confirm", { code });
export const removeCode = (password: string) => post<void>("/me/code/remove", { password });

/** What a browser is asked, as the server words it: bytes are base64url. */
export interface Ceremony {
  ticket: string;
  options: { publicKey: PublicKeyCredentialRequestOptionsJSON & PublicKeyCredentialCreationOptionsJSON };
}

export const beginPasskey = (password: string) => post<Ceremony>("/me/passkeys/begin", { password });
export const addPasskey = (ticket: string, credential: unknown, name: string) =>
  post<void>("/me/passkeys", { ticket, credential, name });
export const removePasskey = (id: string) => call<void>("DELETE", `/me/passkeys/${id}`);
export const beginPasskeySignIn = () => post<Ceremony>("/session/passkey/begin");
export const passkeySignIn = (ticket: string, credential: unknown) =>
  post<Me>("/session/passkey", { ticket, credential });

export interface Firm {
  name: string;
  locale: Locale;
  currency: string;
  country: string;
  time_zone: string;
}

export const firmQuery = queryOptions({ queryKey: ["firm"], queryFn: () => get<Firm>("/workspace") });
export const updateFirm = (firm: Partial<Firm>) => call<Firm>("PATCH", "/workspace", { body: firm });

export interface About {
  version: string;
  schema: string;
  database: string;
  records: { object: string; count: number; exact: boolean }[];
}

export const aboutQuery = queryOptions({ queryKey: ["about"], queryFn: () => get<About>("/about") });

export const invite = (user: string) => post<{ token: string; expires_at: string }>(`/users/${user}/invite`);
export const resetSecondFactor = (user: string) => post<void>(`/users/${user}/reset_second_factor`);

export interface Invitation {
  company: string;
  name: string;
  email: string;
}

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: () => get<Invitation>("/invitation", { token }),
    retry: false,
  });
export const takeInvitation = (token: string, password: string) =>
  post<Me>("/invitation", { token, password });

export interface AuditItem extends HistoryItem {
  record: Required<Ref>;
}

export interface AuditParams {
  actor?: string;
  object?: string;
  from?: string;
}

export const auditPage = (params: AuditParams, cursor: string | null) =>
  get<{ items: AuditItem[]; next: string | null }>("/audit", { ...params, cursor, limit: 50 });

export const readNotifications = (ids?: string[]) =>
  post<{ read: number }>("/notifications/read", ids ? { ids } : {});
