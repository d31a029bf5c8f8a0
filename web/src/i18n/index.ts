//! The UI's own texts in both languages; only the language shown is loaded. Labels of objects come from the schema.

import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Locale } from "../api/types";
import { loadLater } from "./later";

const texts: Record<Locale, () => Promise<{ default: Record<string, unknown> }>> = {
  en: () => import("./en.json"),
  "zh-CN": () => import("./zh-CN.json"),
};

export const locales: { value: Locale; label: string }[] = [
  { value: "zh-CN", label: "简体中文" },
  { value: "en", label: "English" },
];

export async function startI18n(): Promise<void> {
  const locale = (document.documentElement.lang || "en") as Locale;
  await i18next.use(initReactI18next).init({
    lng: locale in texts ? locale : "en",
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  await load(i18next.language as Locale);
}

async function load(locale: Locale): Promise<void> {
  if (i18next.hasResourceBundle(locale, "translation")) return;
  const bundle = await texts[locale]();
  i18next.addResourceBundle(locale, "translation", bundle.default);
}

/** Shows another language and remembers it on this device. */
export async function showLocale(locale: Locale): Promise<void> {
  await Promise.all([load(locale), loadLater(locale)]);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem("guanxi.locale", locale);
  } catch {
    // Storage may be refused; the language then lasts as long as the page.
  }
  await i18next.changeLanguage(locale);
}
