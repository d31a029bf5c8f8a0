//! The list itself: rows as they come, or gathered in groups, with what stands there while it waits, fails or is empty.

import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { ListParams } from "../api/records";
import { useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { later } from "../i18n/later";
import { Failed } from "../ui/state";
import { Grid } from "./grid";
import { groupField, useGroups } from "./groups";
import { type Lines, recordAt } from "./lines";
import styles from "./list.module.css";
import { NoRows } from "./no_rows";
import { useSelection } from "./selection";
import { asking, type ListState } from "./state";
import { Toolbar } from "./toolbar";
import { pageRows, standKey, standOf, useRows } from "./window";

const SelectionBar = lazy(() => import("./selection_bar"));
const Peek = later(() => import("../record/peek"));

/** A record looked at beside its list; which is in the URL, so that it can be shared and left with Back. */
function usePeek(object: ObjectSchema, state: ListState) {
  const [params] = useSearchParams();
  const id = params.get("peek");
  const onPeek = (next: string | null) => {
    state.set({ peek: next });
    // Back to the cell one looked from, once the panel has gone.
    if (!next) setTimeout(() => document.querySelector<HTMLElement>("[role=grid]")?.focus(), 250);
  };
  const panel = id && (
    <Suspense fallback={null}>
      <Peek object={object} id={id} onPeek={onPeek} />
    </Suspense>
  );
  return { onPeek, panel };
}

interface Props {
  object: ObjectSchema;
  state: ListState;
}

export function Table({ object, state }: Props) {
  const schema = useSchema();
  const grouped = !state.deleted && groupField(schema, object, state.group);
  return grouped ? (
    <GroupedTable key={state.group} object={object} state={state} />
  ) : (
    <FlatTable object={object} state={state} />
  );
}

/** Rows seen before anything is measured. */
const firstRows = 30;

function FlatTable({ object, state }: Props) {
  const { fields, expand } = asking(object, state.columns);
  const { asked, q, sort, deleted } = state;
  const params = useMemo(
    (): ListParams => ({ filter: asked, q, sort, fields, expand, deleted }),
    [asked, q, sort, fields, expand, deleted],
  );
  const key = standKey(object, params);
  const [seen, setSeen] = useState({ key: "", first: 0, last: 0 });
  const stand = standOf(key);
  const start = Math.floor(stand.scrollPx / 36);
  const range = seen.key === key ? seen : { first: start, last: start + firstRows };
  const rows = useRows(object, params, range.first, range.last);
  const lines = useMemo((): Lines => {
    return {
      count: rows.count,
      at: (index) => {
        const record = rows.at(index);
        return record && { kind: "record", record };
      },
    };
  }, [rows]);
  const last = useRef<Lines>(undefined);
  if (!rows.pending) last.current = lines;
  // While something new is asked for, what was shown stays, paler.
  const shown = rows.pending && last.current ? last.current : lines;
  const old = rows.pending && shown !== lines;
  const selection = useSelection((index) => recordAt(shown, index)?.id);
  const { onPeek, panel } = usePeek(object, state);
  const onSeen = useCallback((first: number, until: number) => setSeen({ key, first, last: until }), [key]);
  const onScroll = useCallback(
    (px: number) => {
      standOf(key).scrollPx = px;
    },
    [key],
  );
  const empty = !rows.pending && !rows.error && rows.count === 0;
  return (
    <>
      <Toolbar object={object} state={state} count={rows.total} />
      {rows.error && !old ? (
        <Failed error={rows.error} retry={rows.retry} />
      ) : rows.pending && !old ? (
        <Waiting />
      ) : empty ? (
        <NoRows object={object} state={state} />
      ) : (
        <Grid
          object={object}
          state={state}
          lines={shown}
          more={rows.more}
          old={old}
          selection={selection}
          scrollPx={old ? 0 : stand.scrollPx}
          onScroll={onScroll}
          onSeen={onSeen}
          onPeek={onPeek}
        />
      )}
      {panel}
      {selection.some && (
        <Suspense fallback={null}>
          <SelectionBar
            object={object}
            state={state}
            selection={selection}
            matching={rows.total ?? { value: rows.count, exact: !rows.more }}
          />
        </Suspense>
      )}
    </>
  );
}

/** Where grouped lists stand, by address. */
const groupedScrolls = new Map<string, number>();

function GroupedTable({ object, state }: Props) {
  const groups = useGroups(object, state);
  const selection = useSelection((index) => recordAt(groups, index)?.id);
  const { onPeek, panel } = usePeek(object, state);
  const key = window.location.pathname + window.location.search;
  const onScroll = useCallback((px: number) => void groupedScrolls.set(key, px), [key]);
  const onSeen = useCallback(() => {}, []);
  return (
    <>
      <Toolbar
        object={object}
        state={state}
        count={groups.pending ? undefined : { value: groups.total, exact: true }}
      />
      {groups.error ? (
        <Failed error={groups.error} />
      ) : groups.pending ? (
        <Waiting />
      ) : groups.count === 0 ? (
        <NoRows object={object} state={state} />
      ) : (
        <Grid
          object={object}
          state={state}
          lines={groups}
          more={false}
          selection={selection}
          scrollPx={groupedScrolls.get(key) ?? 0}
          onScroll={onScroll}
          onSeen={onSeen}
          onPeek={onPeek}
          groupField={groups.field}
          onToggle={groups.toggle}
          onMore={groups.more}
        />
      )}
      {panel}
      {selection.some && (
        <Suspense fallback={null}>
          <SelectionBar
            object={object}
            state={state}
            selection={selection}
            matching={{ value: groups.total, exact: true }}
          />
        </Suspense>
      )}
    </>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: Math.min(14, pageRows) }, (_, index) => (
        <Skeleton key={index} height={12} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
