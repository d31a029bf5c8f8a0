//! Above a list: views, count, quick search, filters, columns, order, grouping, density, export, the bin, and "new".

import { ActionIcon, Button } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import {
  IconArrowsSort,
  IconCalendar,
  IconColumns3,
  IconDots,
  IconDownload,
  IconLayoutKanban,
  IconLayoutList,
  IconPinned,
  IconPlus,
  IconSearch,
  IconTrash,
  IconUpload,
  IconX,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { may } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { FilterButton } from "../filters/button";
import { QuickFilters } from "../filters/quick";
import { useCreate } from "../form/create";
import { formatCount, useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { useKeys } from "../ui/keys";
import { MenuButton, type MenuPart } from "../ui/menu";
import { PopButton } from "../ui/pop_button";
import { isSaved } from "../views/views";
import { type Density, setDensity, useDensity } from "./density";
import { groupFields } from "./groups";
import styles from "./list.module.css";
import { freshView, type ListState } from "./state";

const ExportDialog = lazy(() => import("../export/dialog"));
const ColumnsPanel = lazy(() => import("./columns_panel"));
const SortPanel = lazy(() => import("./sort_panel"));
const ViewActions = lazy(() => import("../views/actions"));

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
  const isList = state.view.kind === "list" || state.deleted;
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
        <span className={styles.grow} />
        {may(object, "create") && !state.deleted && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => create(object)} aria-keyshortcuts="c">
            {t("list.new", { object: small(label(object.label)) })}
          </Button>
        )}
      </div>
      <Views object={object} state={state} />
      <div className={styles.tools}>
        <QuickSearch state={state} />
        <FilterButton object={object} value={state.filter} onChange={state.setFilter} />
        {!state.deleted && <QuickFilters object={object} state={state} />}
        <span className={styles.grow} />
        {isList && <Order object={object} state={state} />}
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

const kindIcons = { board: IconLayoutKanban, calendar: IconCalendar };

function Views({ object, state }: Pick<Props, "object" | "state">) {
  const { t } = useTranslation();
  const label = useLabel();
  const { views } = state;
  const bar = useRef<HTMLElement>(null);
  const current = state.view.name;
  useEffect(() => {
    // The chosen view is in sight, also on a phone.
    if (current)
      bar.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  if (state.deleted) return null;
  return (
    <div className={styles.viewBar}>
      <nav ref={bar} className={styles.views} aria-label={t("list.views")}>
        {views.map((view) => {
          const Kind = view.kind === "list" ? undefined : kindIcons[view.kind];
          return (
            <button
              key={view.name}
              type="button"
              className={styles.view}
              aria-current={view.name === current ? "page" : undefined}
              onClick={() => state.set({ ...freshView, view: view.name })}
            >
              {Kind && <Kind size={14} aria-hidden="true" />}
              {isSaved(view) && view.saved.pinned && <IconPinned size={13} aria-hidden="true" />}
              {label(view.label)}
            </button>
          );
        })}
      </nav>
      <Suspense fallback={null}>
        <ViewActions object={object} state={state} />
      </Suspense>
    </div>
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
    <span className={styles.search}>
      <IconSearch size={14} aria-hidden="true" />
      <input
        type="search"
        aria-label={t("list.search")}
        placeholder={t("list.search")}
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
      {text && (
        <ActionIcon size={24} aria-label={t("list.clear_search")} onClick={() => type("")}>
          <IconX size={13} />
        </ActionIcon>
      )}
    </span>
  );
}

/** Columns, order and grouping of a table. */
function Order({ object, state }: Pick<Props, "object" | "state">) {
  const { t } = useTranslation();
  const label = useLabel();
  const density = useDensity();
  const parts = (): MenuPart[] => [
    {
      key: "none",
      text: t("list.ungrouped"),
      radio: true,
      checked: !state.group,
      act: () => state.set({ group: null }),
    },
    { key: "line", divider: true },
    ...groupFields(object).map((field) => ({
      key: field.name,
      text: label(field.label),
      radio: true,
      checked: state.group === field.name,
      act: () => state.set({ group: field.name }),
    })),
  ];
  const densities: MenuPart[] = [
    { key: "heading", heading: t("list.density") },
    ...(["compact", "normal", "roomy"] as Density[]).map((one) => ({
      key: one,
      text: t(`density.${one}`),
      radio: true,
      checked: one === density,
      act: () => setDensity(one),
    })),
  ];
  return (
    <span className={styles.order}>
      <PopButton label={t("list.sort")} icon={<IconArrowsSort size={16} />} align="end" width={340}>
        {() => <SortPanel object={object} state={state} />}
      </PopButton>
      {!state.deleted && (
        <MenuButton
          label={t("list.group")}
          icon={<IconLayoutList size={16} />}
          align="end"
          parts={parts}
          variant={state.group ? "light" : undefined}
        />
      )}
      <span className={styles.wide}>
        <PopButton label={t("list.columns")} icon={<IconColumns3 size={16} />} align="end" width={320}>
          {() => <ColumnsPanel object={object} state={state} />}
        </PopButton>
        <MenuButton label={t("list.density")} icon={<DensityIcon />} align="end" parts={densities} />
      </span>
    </span>
  );
}

function DensityIcon() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      <path d="M2 3h12M2 6.5h12M2 10h12M2 13.5h12" />
    </svg>
  );
}

function More({ object, state, onExport }: Pick<Props, "object" | "state"> & { onExport: () => void }) {
  const { t } = useTranslation();
  const parts: MenuPart[] = [
    ...(may(object, "import")
      ? [
          {
            key: "import",
            text: t("import.title"),
            icon: <IconUpload size={14} />,
            to: `/import?object=${object.name}`,
          },
        ]
      : []),
    ...(may(object, "export")
      ? [{ key: "export", text: t("export.title"), icon: <IconDownload size={14} />, act: onExport }]
      : []),
    {
      key: "bin",
      text: t(state.deleted ? "list.leave_bin" : "list.bin"),
      icon: <IconTrash size={14} />,
      act: () => state.set({ deleted: state.deleted ? null : "1" }),
    },
  ];
  return <MenuButton label={t("list.more")} icon={<IconDots size={16} />} align="end" parts={parts} />;
}
