//! Texts of screens that are not on the first view. They come with the first such screen, in the language shown.

import i18next from "i18next";
import { type ComponentType, lazy } from "react";
import type { Locale } from "../api/types";

const texts: Record<Locale, () => Promise<{ default: Record<string, unknown> }>> = {
  en: () => import("./later/en.json"),
  "zh-CN": () => import("./later/zh-CN.json"),
};

let wanted = false;
const loaded = new Set<string>();

/** Loads them for a language, if any screen asked for them yet. */
export async function loadLater(locale: Locale, ask = false): Promise<void> {
  wanted ||= ask;
  if (!wanted || loaded.has(locale)) return;
  const bundle = await texts[locale]();
  i18next.addResourceBundle(locale, "translation", bundle.default, true);
  loaded.add(locale);
}

/** A part of the UI in a chunk of its own that is shown once its texts are there too. */
// biome-ignore lint/suspicious/noExplicitAny: as React's own lazy; the component's properties stay typed.
export function later<C extends ComponentType<any>>(load: () => Promise<{ default: C }>) {
  return lazy(async () => {
    const [part] = await Promise.all([load(), loadLater(i18next.language as Locale, true)]);
    return part;
  });
}
