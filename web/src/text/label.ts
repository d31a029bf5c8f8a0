//! Labels from the schema in the language shown. Not texts of the UI itself (those are in i18n/).

import i18next from "i18next";
import { use } from "react";
import type { Label, Locale } from "../api/types";
import { FormatContext } from "./format";

export function label(of: Label | null | undefined, locale: Locale): string {
  return of?.[locale] ?? of?.en ?? "";
}

const pickers: Record<Locale, (of: Label | null | undefined) => string> = {
  en: (of) => label(of, "en"),
  "zh-CN": (of) => label(of, "zh-CN"),
};

/** A function that picks the label of the language shown; the same one until the language changes. */
export function useLabel(): (of: Label | null | undefined) => string {
  // Before signing in there is no format yet.
  const locale = use(FormatContext)?.locale ?? (i18next.language as Locale);
  return pickers[locale] ?? pickers.en;
}

/** The label inside a sentence: English writes it small, unless it is an abbreviation. */
export function small(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
