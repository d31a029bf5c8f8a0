//! Above a list: views, count, quick search, filter, columns, export, the bin, and "new".

import { ActionIcon, Button, Menu, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import {
  IconColumns3,
  IconDots,
  IconDownload,
  IconLayoutKanban,
  IconPlus,
  IconSearch,
  IconTrash,
  IconUpload,
  IconX,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { may, speaking, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { FilterButton } from "../filters/button";
import { describe } from "../filters/describe";
import { useTitles } from "../filters/titles";
import { useCreate } from "../form/create";
import { formatCount, useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { useKeys } from "../ui/keys";
import styles from "./list.module.css";
import { type ListState, viewsOf } from "./state";

const ExportDialog = lazy(() => import("../export/dialog"));

interface Props {
  object: ObjectSchema;
  state: ListState;
  count?: { value: number; exact: boolean };
}

export function Toolbar({ object, state, count }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const create = useCreate();
  const [exporting, setExporting] = useState(false);
  useKeys({ c: () => may(object, "create") && create(object) });
  return (
    <header className={styles.head}>
      <div className={styles.headline}>
        <span className={styles.headIcon}>
          <Icon name={object.icon} size={17} />
        </span>
        <h1>
          {state.deleted
            ? t("list.bin_of", { objects: small(label(object.plural_label)) })
            : label(object.plural_label)}
        </h1>
        {count && (
          <span className={styles.count} title={t(count.exact ? "list.count_exact" : "list.count_capped")}>
            {formatCount(count.value, count.exact, format)}
          </span>
        )}
        <Views object={object} state={state} />
        <span className={styles.grow} />
        {may(object, "create") && !state.deleted && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => create(object)} aria-keyshortcuts="c">
            {t("list.new", { object: small(label(object.label)) })}
          </Button>
        )}
      </div>
      <div className={styles.tools}>
        <QuickSearch state={state} />
        <FilterButton
          object={object}
          value={state.filter}
          onChange={(filter) => state.set({ filter: filter && JSON.stringify(filter) })}
        />
        <FilterWords object={object} state={state} />
        <span className={styles.grow} />
        {state.view.kind !== "board" && <Columns object={object} state={state} />}
        <More object={object} state={state} onExport={() => setExporting(true)} />
      </div>
      {exporting && (
        <Suspense fallback={null}>
          <ExportDialog object={object} state={state} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </header>
  );
}

function Views({ object, state }: Pick<Props, "object" | "state">) {
  const { t } = useTranslation();
  const label = useLabel();
  const views = viewsOf(object);
  if (views.length < 2 || state.deleted) return null;
  return (
    <nav className={styles.views} aria-label={t("list.views")}>
      {views.map((view) => (
        <button
          key={view.name}
          type="button"
          className={styles.view}
          aria-current={view.name === state.view.name ? "page" : undefined}
          onClick={() => state.set({ view: view.name, sort: null, columns: null })}
        >
          {view.kind === "board" && <IconLayoutKanban size={14} aria-hidden="true" />}
          {label(view.label)}
        </button>
      ))}
    </nav>
  );
}

function QuickSearch({ state }: { state: ListState }) {
  const { t } = useTranslation();
  const [text, setText] = useState(state.q);
  const composing = useRef(false);
  const apply = useDebouncedCallback((q: string) => state.set({ q }), 250);
  // The URL may change by itself (back, a link): then the box follows.
  useEffect(() => setText(state.q), [state.q]);
  const type = (value: string) => {
    setText(value);
    if (!composing.current) apply(value);
  };
  return (
    <TextInput
      size="xs"
      className={styles.search}
      type="search"
      aria-label={t("list.search")}
      placeholder={t("list.search")}
      leftSection={<IconSearch size={14} />}
      rightSection={
        text ? (
          <ActionIcon size="sm" aria-label={t("list.clear_search")} onClick={() => type("")}>
            <IconX size={13} />
          </ActionIcon>
        ) : undefined
      }
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        type(event.currentTarget.value);
      }}
    />
  );
}

function FilterWords({ object, state }: Pick<Props, "object" | "state">) {
  const { t } = useTranslation();
  const schema = useSchema();
  const format = useFormat();
  const titles = useTitles({ name: "", kind: "", label: { en: "", "zh-CN": "" } }, []);
  if (!state.filter) return null;
  const words = describe(state.filter, object, { t, schema, format, titles });
  return (
    <span className={styles.words} title={words}>
      <span className="gx-ellipsis">{words}</span>
      <ActionIcon size="sm" aria-label={t("filter.clear")} onClick={() => state.set({ filter: null })}>
        <IconX size={13} />
      </ActionIcon>
    </span>
  );
}

function Columns({ object, state }: Pick<Props, "object" | "state">) {
  const { t } = useTranslation();
  const label = useLabel();
  const shown = state.columns.map(({ path }) => path);
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((path) => path !== name) : [...shown, name];
    if (next.length > 0)
      state.set({ columns: next.join(",") === state.view.columns.join(",") ? null : next.join(",") });
  };
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Tooltip label={t("list.columns")}>
          <ActionIcon aria-label={t("list.columns")}>
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {speaking(object).map((field) => (
          <Menu.Item
            key={field.name}
            role="menuitemcheckbox"
            aria-checked={shown.includes(field.name)}
            leftSection={<span className={styles.tick}>{shown.includes(field.name) ? "✓" : ""}</span>}
            onClick={() => toggle(field.name)}
          >
            {label(field.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function More({ object, state, onExport }: Pick<Props, "object" | "state"> & { onExport: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("list.more")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may(object, "import") && (
          <Menu.Item
            component={Link}
            to={`/import?object=${object.name}`}
            leftSection={<IconUpload size={14} />}
          >
            {t("import.title")}
          </Menu.Item>
        )}
        {may(object, "export") && (
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={onExport}>
            {t("export.title")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          onClick={() => state.set({ deleted: state.deleted ? null : "1" })}
        >
          {t(state.deleted ? "list.leave_bin" : "list.bin")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
