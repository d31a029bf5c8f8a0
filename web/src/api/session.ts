//! Who is signed in: `GET /me`, sign-in, sign-out, set-up, own sessions. Not what they may do (that is in the schema).

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { createContext, use } from "react";
import { askPasskey } from "../settings/device";
import { beginPasskeySignIn, passkeySignIn } from "./access";
import { booted } from "./boot";
import { address, call, get, Problem, post, prefix, setCsrf } from "./client";
import type { Locale, Me } from "./types";

async function fetchMe(): Promise<Me | null> {
  try {
    const me = await get<Me>("/me");
    setCsrf(me.csrf);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

function bootedMe(): Me | undefined {
  const me = booted<Me>("/me");
  if (me) setCsrf(me.csrf);
  return me;
}

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: fetchMe,
  staleTime: 5 * 60_000,
  initialData: bootedMe,
});

/** Given by the guard: a context, because each cell of a table asks, and each query observer costs. */
export const MeContext = createContext<Me | null>(null);

/** The signed-in person; only for pages behind the sign-in guard. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("useMe is used outside the signed-in part");
  return me;
}

/** What follows every way of signing in. */
export function entered(client: QueryClient, me: Me): Me {
  setCsrf(me.csrf);
  client.clear();
  client.setQueryData(["me"], me);
  return me;
}

export async function signIn(client: QueryClient, email: string, password: string, code = ""): Promise<Me> {
  return entered(client, await post<Me>("/session", { email, password, code: code || undefined }));
}

export async function signInWithPasskey(client: QueryClient): Promise<Me> {
  const begun = await beginPasskeySignIn();
  return entered(client, await passkeySignIn(begun.ticket, await askPasskey(begun)));
}

export async function signOut(client: QueryClient): Promise<void> {
  await call("DELETE", "/session");
  client.clear();
  client.setQueryData(["me"], null);
}

export interface SetupInput {
  company: string;
  locale: Locale;
  currency: string;
  time_zone: string;
  name: string;
  email: string;
  password: string;
  token: string;
  /** Begins with invented customers and colleagues. */
  sample: boolean;
}

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => get<{ needed: boolean }>("/setup"),
  staleTime: Number.POSITIVE_INFINITY,
});

export async function setUp(client: QueryClient, input: SetupInput): Promise<Me> {
  const me = await post<Me>("/setup", input);
  setCsrf(me.csrf);
  client.clear();
  client.setQueryData(["setup"], { needed: false });
  client.setQueryData(["me"], me);
  return me;
}

/** Another provider at which people of this workspace may sign in, by the name on its button. */
export const elsewhereQuery = queryOptions({
  queryKey: ["elsewhere"],
  queryFn: () => get<{ name: string | null }>("/session/oidc"),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The way there, and back to `next`. */
export const elsewhereAddress = (next: string): string =>
  address("/session/oidc/begin", { next: prefix + next });

export interface OwnSession {
  id: string;
  created_at?: string;
  seen_at?: string;
  address?: string | null;
  agent?: string | null;
  current?: boolean;
}
