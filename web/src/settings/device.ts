//! The device one sits at: what it is called, and its passkeys (WebAuthn level 3, in JSON as the server words it).

import type { Ceremony } from "../api/access";

/** `Chrome · Windows` of a user agent; the whole where it is unknown. */
export function deviceOf(agent: string | null | undefined): string {
  const text = agent ?? "";
  const browser = /Edg\//.test(text)
    ? "Edge"
    : /MicroMessenger/.test(text)
      ? "WeChat"
      : (/(Firefox|Chrome|Safari)\//.exec(text)?.[1] ?? text.slice(0, 40));
  const system = /(Windows|iPhone|iPad|Android|Mac OS|Linux)/.exec(text)?.[1];
  return [browser, system].filter(Boolean).join(" · ") || "—";
}

/** Whether this browser, at this address, can have passkeys. */
export function canPasskey(): boolean {
  return window.isSecureContext && "PublicKeyCredential" in window && !/^[\d.]+$/.test(location.hostname);
}

const asJson = (credential: Credential | null): unknown => (credential as PublicKeyCredential).toJSON();

export async function createPasskey({ options }: Ceremony): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
  return asJson(await navigator.credentials.create({ publicKey }));
}

export async function askPasskey({ options }: Ceremony): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
  return asJson(await navigator.credentials.get({ publicKey }));
}
