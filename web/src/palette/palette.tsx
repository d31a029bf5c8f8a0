//! Ctrl/⌘ K: go somewhere, find a record, make one, switch theme or language. All by keyboard.

import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { searchQuery } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import { locales, showLocale } from "../i18n";
import { useRecents } from "../shell/recent";
import { small, useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import styles from "./palette.module.css";

interface Entry {
  key: string;
  group: string;
  icon?: string | null;
  text: string;
  hint?: string;
  act: () => void;
}

/** Entries of one kind shown at once. */
const groupMax = 8;

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [composing, setComposing] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const entries = useEntries(text, composing);
  const active = Math.min(at, entries.length - 1);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.act();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = (active + step + entries.length) % Math.max(entries.length, 1);
      setAt(next);
      list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") run(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      withCloseButton={false}
      size={600}
      padding={0}
      title={t("palette.title")}
      classNames={{ header: "gx-hidden" }}
    >
      <input
        className={styles.input}
        data-autofocus
        role="combobox"
        aria-label={t("palette.title")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length ? `${id}-${active}` : undefined}
        placeholder={t("palette.placeholder")}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={press}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t("palette.title")}
        className={styles.list}
      >
        {entries.map((entry, index) => (
          <div key={entry.key}>
            {entry.group !== entries[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {entry.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus. */}
            <div
              id={`${id}-${index}`}
              data-index={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.entry}
              onMouseMove={() => setAt(index)}
              onClick={() => run(entry)}
            >
              <Icon name={entry.icon} />
              <span className="gx-ellipsis">{entry.text}</span>
              {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
            </div>
          </div>
        ))}
        {entries.length === 0 && <p className={styles.none}>{t("search.nothing")}</p>}
      </div>
    </Dialog>
  );
}

function useEntries(text: string, composing: boolean): Entry[] {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const navigate = useNavigate();
  const create = useCreate();
  const recents = useRecents();
  const { setColorScheme } = useMantineColorScheme();
  const [settled] = useDebouncedValue(composing ? "" : text.trim(), 120);
  const { data } = useQuery({ ...searchQuery(settled, [], groupMax), placeholderData: keepPreviousData });
  return useMemo(() => {
    const needle = text.trim().toLowerCase();
    const matches = (...words: (string | undefined)[]) =>
      !needle || words.some((word) => word?.toLowerCase().includes(needle));
    const names = (object: ObjectSchema) => [
      object.label.en,
      object.label["zh-CN"],
      object.plural_label.en,
      object.name,
    ];
    const record =
      (group: string) => (one: { object: string; id: string; title: string; subtitle?: string | null }) => {
        const object = objectNamed(schema, one.object);
        return object
          ? {
              key: group + one.id,
              group,
              icon: object.icon,
              text: one.title,
              hint: [one.subtitle, label(object.label)].filter(Boolean).join(" · "),
              act: () => void navigate(`/${object.plural}/${one.id}`),
            }
          : [];
      };
    const hits = needle && settled ? (data?.items ?? []) : [];
    const shown = schema.objects.filter((object) => !object.hidden && matches(...names(object)));
    const settings: Entry[] = [
      ...(["light", "dark", "auto"] as const).map((scheme) => ({
        key: `theme-${scheme}`,
        group: t("palette.settings"),
        icon: "settings",
        text: t(`palette.theme_${scheme}`),
        act: () => setColorScheme(scheme),
      })),
      ...locales.map(({ value, label: name }) => ({
        key: `locale-${value}`,
        group: t("palette.settings"),
        icon: "settings",
        text: name,
        act: () => void showLocale(value),
      })),
      {
        key: "import",
        group: t("palette.settings"),
        icon: "database-import",
        text: t("import.title"),
        act: () => void navigate("/import"),
      },
      {
        key: "profile",
        group: t("palette.settings"),
        icon: "user",
        text: t("profile.title"),
        act: () => void navigate("/profile"),
      },
    ];
    return [
      ...recents
        .filter(({ title }) => matches(title))
        .slice(0, needle ? 3 : 5)
        .flatMap(record(t("shell.recent"))),
      ...hits.flatMap(record(t("palette.records"))),
      ...shown.slice(0, groupMax * 2).map((object) => ({
        key: `go-${object.name}`,
        group: t("palette.go"),
        icon: object.icon,
        text: label(object.plural_label),
        act: () => void navigate(`/${object.plural}`),
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
      ...settings.filter((entry) => matches(entry.text)),
    ];
  }, [text, settled, data, schema, recents, label, navigate, create, setColorScheme, t]);
}
