//! What the palette offers for what is typed: records, places, views, new records, actions, settings.

import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type NavigateFunction, useLocation, useNavigate } from "react-router";
import { searchQuery } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import type { Label, ObjectSchema, Schema } from "../api/types";
import { useCreate } from "../form/create";
import { locales, showLocale } from "../i18n";
import { subtitleOf } from "../search/subtitle";
import { useFavourites } from "../shell/favourites";
import { type Recent, useRecents } from "../shell/recent";
import { initials } from "../text/initials";
import { small, useLabel } from "../text/label";
import { lastUndo, takeBack } from "../ui/undo";
import { type SavedView, useSavedViews } from "../views/views";

export interface Entry {
  key: string;
  group: string;
  icon?: string | null;
  text: string;
  hint?: string;
  act: () => void;
}

/** Entries of one kind shown at once. */
const groupMax = 8;

/** What the parts are made from. */
interface Asked {
  t: TFunction;
  label: (of: Label | null | undefined) => string;
  schema: Schema;
  go: NavigateFunction;
  needle: string;
  matches: (...words: (string | undefined)[]) => boolean;
}

interface Found {
  object: string;
  id: string;
  title: string;
  subtitle?: string | null;
}

/** By a part of a word in either language, or by the initials of its pinyin. */
function matcher(needle: string): Asked["matches"] {
  return (...words) =>
    !needle ||
    words.some((word) => word && (word.toLowerCase().includes(needle) || initials(word).startsWith(needle)));
}

function records({ schema, label, go }: Asked, group: string, found: Found[]): Entry[] {
  return found.flatMap((one) => {
    const object = objectNamed(schema, one.object);
    if (!object) return [];
    return {
      key: group + one.id,
      group,
      icon: object.icon,
      text: one.title,
      hint: [subtitleOf(object, one.subtitle, label), label(object.label)].filter(Boolean).join(" · "),
      act: () => void go(`/${object.plural}/${one.id}`),
    };
  });
}

function places({ t, go, needle, matches }: Asked): Entry[] {
  const group = t("palette.go");
  const search = `/search${needle ? `?q=${encodeURIComponent(needle)}` : ""}`;
  const all: Entry[] = [
    { key: "home", group, icon: "chart-bar", text: t("home.title"), act: () => void go("/") },
    { key: "search", group, icon: "list", text: t("search.title"), act: () => void go(search) },
    { key: "bin", group, icon: "box", text: t("list.bin"), act: () => void go("/bin") },
  ];
  return all.filter(({ text }) => matches(text));
}

function lists({ schema, t, label, go, needle, matches }: Asked, saved: SavedView[]): Entry[] {
  const declared = needle
    ? schema.objects
        .filter(({ hidden }) => !hidden)
        .flatMap((object) => object.views.map((view) => ({ object, view: view.name, words: view.label })))
    : [];
  const own = saved.flatMap((view) => {
    const object = objectNamed(schema, view.saved.object);
    return object ? [{ object, view: view.name, words: view.label }] : [];
  });
  return [...declared, ...own]
    .filter(({ words }) => matches(words.en, words["zh-CN"]))
    .slice(0, groupMax)
    .map(({ object, view, words }) => ({
      key: `view-${object.name}-${view}`,
      group: t("list.views"),
      icon: object.icon,
      text: label(words),
      hint: label(object.plural_label),
      act: () => void go(`/${object.plural}?view=${view}`),
    }));
}

function objects(asked: Asked, create: (object: ObjectSchema) => void): Entry[] {
  const { schema, t, label, go, matches } = asked;
  const shown = schema.objects.filter(
    ({ hidden, name, label: one, plural_label: all }) =>
      !hidden && matches(one.en, one["zh-CN"], all.en, all["zh-CN"], name),
  );
  return [
    ...shown.slice(0, groupMax * 2).map((object) => ({
      key: `go-${object.name}`,
      group: t("palette.go"),
      icon: object.icon,
      text: label(object.plural_label),
      act: () => void go(`/${object.plural}`),
    })),
    ...shown
      .filter((object) => may(object, "create") && object.searchable)
      .slice(0, groupMax)
      .map((object) => ({
        key: `new-${object.name}`,
        group: t("palette.create"),
        icon: object.icon,
        text: t("list.new", { object: small(label(object.label)) }),
        act: () => create(object),
      })),
  ];
}

function acts(
  { t, matches }: Asked,
  here: Recent | undefined,
  toggle: (one: Recent) => void,
  onHelp: () => void,
): Entry[] {
  const group = t("palette.acts");
  const undo = lastUndo();
  const all: Entry[] = [
    ...(here
      ? [
          {
            key: "favourite",
            group,
            icon: "star",
            text: t("shell.favourite", { title: here.title }),
            act: () => toggle(here),
          },
        ]
      : []),
    {
      key: "link",
      group,
      icon: "link",
      text: t("palette.copy_link"),
      act: () => void navigator.clipboard?.writeText(window.location.href),
    },
    ...(undo
      ? [{ key: "undo", group, icon: "clock", text: t("keys.undo"), act: () => void takeBack(undo) }]
      : []),
    { key: "help", group, icon: "list", text: t("shell.help"), hint: "?", act: onHelp },
  ];
  return all.filter(({ text }) => matches(text));
}

function settings(
  { t, go, matches }: Asked,
  setScheme: (scheme: "light" | "dark" | "auto") => void,
): Entry[] {
  const shared = { group: t("palette.settings"), icon: "settings" };
  const all: Entry[] = [
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      ...shared,
      key: `theme-${scheme}`,
      text: t(`palette.theme_${scheme}`),
      act: () => setScheme(scheme),
    })),
    ...locales.map(({ value, label: name }) => ({
      ...shared,
      key: `locale-${value}`,
      text: name,
      act: () => void showLocale(value),
    })),
    {
      ...shared,
      key: "import",
      icon: "database-import",
      text: t("import.title"),
      act: () => void go("/import"),
    },
    {
      ...shared,
      key: "profile",
      icon: "user",
      text: t("profile.title"),
      act: () => void go("/settings/profile"),
    },
  ];
  return all.filter(({ text }) => matches(text));
}

export function useEntries(text: string, composing: boolean, onHelp: () => void): Entry[] {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const go = useNavigate();
  const create = useCreate();
  const recents = useRecents();
  const { views } = useSavedViews();
  const { pathname } = useLocation();
  const { toggle } = useFavourites();
  const { setColorScheme } = useMantineColorScheme();
  const [settled] = useDebouncedValue(composing ? "" : text.trim(), 120);
  const { data } = useQuery({ ...searchQuery(settled, [], groupMax), placeholderData: keepPreviousData });
  return useMemo(() => {
    const needle = text.trim().toLowerCase();
    const asked: Asked = { t, label, schema, go, needle, matches: matcher(needle) };
    const recent = recents.filter(({ title }) => asked.matches(title)).slice(0, needle ? 3 : 5);
    const here = recents.find(({ id }) => pathname.endsWith(`/${id}`));
    return [
      ...records(asked, t("shell.recent"), recent),
      ...records(asked, t("palette.records"), needle && settled ? (data?.items ?? []) : []),
      ...places(asked),
      ...objects(asked, create),
      ...lists(asked, views),
      ...acts(asked, here, toggle, onHelp),
      ...settings(asked, setColorScheme),
    ];
  }, [
    text,
    settled,
    data,
    schema,
    recents,
    views,
    pathname,
    label,
    go,
    create,
    toggle,
    setColorScheme,
    onHelp,
    t,
  ]);
}
