//! The rows of a list, windowed: only what is seen is in the page, pages are fetched as one scrolls. Cards on a phone.

import { Checkbox, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { CrmRecord, ObjectSchema, Page } from "../api/types";
import { kindOf, titleOf } from "../fields";
import { useFormat } from "../text/format";
import { Failed } from "../ui/state";
import { Header } from "./header";
import styles from "./list.module.css";
import { NoRows } from "./no_rows";
import { Card, Row } from "./row";
import type { Selection } from "./selection";
import type { Column, ListState } from "./state";

const rowPx = 36;
const cardPx = 76;
/** Rows before the end at which the next page is asked. */
const ahead = 30;

type Query = Pick<
  ReturnType<typeof useInfiniteQuery<Page>>,
  "isPending" | "isError" | "error" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
>;

interface Props {
  object: ObjectSchema;
  state: ListState;
  query: Query;
  rows: CrmRecord[];
  selection: Selection;
}

/** The title comes first and stays in sight; the rest as the view has it. */
export function ordered(object: ObjectSchema, columns: Column[]): Column[] {
  const title = columns.filter(({ path }) => path === object.title_field);
  return [...title, ...columns.filter(({ path }) => path !== object.title_field)];
}

export function template(columns: Column[]): string {
  const widths = columns.map(({ field }, index) => {
    const width = index === 0 ? 240 : kindOf(field).width;
    return `minmax(${width}px, ${index === 0 ? 2 : 1}fr)`;
  });
  return `40px ${widths.join(" ")}`;
}

export function Results({ object, state, query, rows, selection }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const columns = ordered(object, state.columns);
  const rowHeight = narrow ? cardPx : rowPx;
  const virtual = useVirtualizer({
    count: rows.length + (query.hasNextPage ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useRememberedScroll(scroller, state, rows.length > 0);
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastSeen >= rows.length - ahead) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastSeen, rows.length]);

  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Waiting />;
  if (rows.length === 0) return <NoRows object={object} state={state} />;

  const open = (record: CrmRecord) => navigate(`/${object.plural}/${record.id}`);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 15, PageUp: -15 }[event.key];
    const row = rows[active];
    if (step) {
      const next = Math.max(0, Math.min(rows.length - 1, active + step));
      setActive(next);
      virtual.scrollToIndex(next);
    } else if (event.key === "Enter" && row && event.target === event.currentTarget) open(row);
    else if (event.key.toLowerCase() === "x" && row) selection.toggle(active, row.id, event.shiftKey);
    else if (event.key === "Escape") selection.clear();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      onKeyDown={press}
      role="region"
      aria-label={t("list.rows")}
    >
      <div
        role="table"
        aria-rowcount={hasNextPage ? -1 : rows.length + 1}
        className={styles.table}
        style={narrow ? undefined : { ["--template" as string]: template(columns) }}
      >
        {!narrow && (
          <Header columns={columns} state={state}>
            <Checkbox
              size="xs"
              aria-label={t("list.select_loaded")}
              checked={selection.all || (rows.length > 0 && rows.every(({ id }) => selection.has(id)))}
              indeterminate={
                !selection.all && selection.ids.size > 0 && !rows.every(({ id }) => selection.has(id))
              }
              onChange={selection.toggleLoaded}
            />
          </Header>
        )}
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const record = rows[index];
            const style = { transform: `translateY(${start}px)`, height: rowHeight };
            if (!record) return <WaitingRow key={index} style={style} />;
            const shared = {
              object,
              record,
              index,
              columns,
              style,
              active: index === active,
              selected: selection.has(record.id),
              title: titleOf(object, record, format),
              onSelect: (range: boolean) => selection.toggle(index, record.id, range),
              onOpen: () => open(record),
            };
            return narrow ? <Card key={record.id} {...shared} /> : <Row key={record.id} {...shared} />;
          })}
        </div>
      </div>
    </div>
  );
}

function WaitingRow({ style }: { style: React.CSSProperties }) {
  return (
    <div role="row" className={styles.row} style={style}>
      <div role="cell" className={styles.cell} style={{ gridColumn: "2 / -1" }}>
        <Skeleton height={10} width="40%" />
      </div>
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: 12 }, (_, index) => (
        <Skeleton key={index} height={12} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}

const scrolls = new Map<string, number>();

/** Coming back from a record, the list stands where it stood. */
function useRememberedScroll(
  scroller: React.RefObject<HTMLDivElement | null>,
  state: ListState,
  ready: boolean,
): void {
  const key = `${window.location.pathname}?${state.view.name}|${state.q}|${state.sort}|${JSON.stringify(state.filter)}`;
  const done = useRef("");
  useEffect(() => {
    const node = scroller.current;
    if (!node || !ready) return;
    if (done.current !== key) {
      node.scrollTop = scrolls.get(key) ?? 0;
      done.current = key;
    }
    const remember = () => scrolls.set(key, node.scrollTop);
    node.addEventListener("scroll", remember, { passive: true });
    return () => node.removeEventListener("scroll", remember);
  }, [scroller, key, ready]);
}
