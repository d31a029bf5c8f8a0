//! Seeing as another user: the token that this tab sends along, until it stops.

const key = "guanxi.see_as";

export function seeAsToken(): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Begins or, without a token, stops; everything shown is then another's, so the page is loaded anew. */
export function seeAs(token: string | null): void {
  if (token) sessionStorage.setItem(key, token);
  else sessionStorage.removeItem(key);
  window.location.assign(document.baseURI.replace(/[^/]*$/, ""));
}
