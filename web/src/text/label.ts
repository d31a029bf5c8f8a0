//! Labels from the schema in the language shown. Not texts of the UI itself (those are in i18n/).

import { useTranslation } from "react-i18next";
import type { Label, Locale } from "../api/types";

export function label(of: Label | null | undefined, locale: Locale): string {
  return of?.[locale] ?? of?.en ?? "";
}

/** A function that picks the label of the language shown. */
export function useLabel(): (of: Label | null | undefined) => string {
  const { i18n } = useTranslation();
  return (of) => label(of, i18n.language as Locale);
}

/** The label inside a sentence: English writes it small, unless it is an abbreviation. */
export function small(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
