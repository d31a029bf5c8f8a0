//! The lines of a list as a grid: only what is seen is in the page. Goes by keys like a spreadsheet; cards on a phone.

import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  startTransition,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Field, ObjectSchema } from "../api/types";
import { blockOf } from "./cells";
import { offsets, template } from "./columns";
import { rowPx, useDensity } from "./density";
import { GroupLine } from "./group_line";
import { Header } from "./header";
import type { Line, Lines } from "./lines";
import styles from "./list.module.css";
import { Card, Row } from "./row";
import type { Selection } from "./selection";
import type { ListState } from "./state";
import { Totals } from "./totals";
import { useGridKeys } from "./use_grid_keys";

const cardPx = 84;
/** The line over a group of cards. */
const groupCardPx = 44;
/** Lines drawn beyond what is seen; the first time few, so that what is seen is there sooner. */
const overscan = { first: 2, rest: 14 };
/** Seen lines are told in steps of this many, so that scrolling draws the list's frame seldom. */
const seenStep = 25;

interface Props {
  object: ObjectSchema;
  state: ListState;
  lines: Lines;
  /** More lines follow that are not known yet. */
  more: boolean;
  selection: Selection;
  /** What is shown belongs to what was asked before. */
  old?: boolean;
  scrollPx: number;
  onScroll: (px: number) => void;
  onSeen: (first: number, last: number) => void;
  groupField?: Field;
  onToggle?: (id: string) => void;
  onMore?: (id: string) => void;
  onPeek: (id: string) => void;
}

export function Grid(props: Props) {
  const { object, state, lines, more, selection, old, onSeen, groupField, onToggle, onMore } = props;
  const { t } = useTranslation();
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLDivElement>(null);
  const cellId = `${useId()}-cell`;
  const { columns } = state;
  const lefts = useMemo(() => offsets(columns), [columns]);
  const { virtual, height, painted } = useSeenLines(props, narrow, scroller);
  useKeptScroll(scroller, props.scrollPx, props.onScroll);
  const { place, editing, acts, on } = useGridKeys({
    object,
    state,
    lines,
    selection,
    scroller,
    toLine: (index) => virtual.scrollToIndex(index),
    onPeek: props.onPeek,
    onToggle,
  });
  const items = virtual.getVirtualItems();
  useSeen(items[0]?.index ?? 0, items.at(-1)?.index ?? 0, painted, onSeen);
  const block = place && blockOf(place);
  const style = narrow ? undefined : ({ "--template": template(columns) } as CSSProperties);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is one of several, all of which take it.
    <div
      ref={scroller}
      className={styles.scroller}
      data-old={old || undefined}
      tabIndex={narrow ? 0 : -1}
      role={narrow ? "region" : undefined}
      aria-label={narrow ? t("list.rows") : undefined}
    >
      <div
        role="grid"
        aria-label={t("list.rows")}
        aria-rowcount={more ? -1 : lines.count + 1}
        aria-colcount={narrow ? undefined : columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={place ? cellId : undefined}
        aria-keyshortcuts="F2 Enter Control+C Control+V"
        tabIndex={narrow ? -1 : 0}
        className={styles.table}
        style={style}
        {...(narrow ? {} : on)}
      >
        {!narrow && (
          <Header object={object} state={state} lefts={lefts}>
            <AllBox selection={selection} />
          </Header>
        )}
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start, size }) => {
            const line = lines.at(index);
            if (!line) return <WaitingRow key={`w${index}`} top={start} height={height} />;
            if (line.kind !== "record") {
              return groupField ? (
                <GroupLine
                  key={`${line.kind}${line.head.id}`}
                  line={line}
                  field={groupField}
                  columns={columns}
                  lefts={lefts}
                  top={start}
                  height={size}
                  narrow={narrow}
                  index={index}
                  active={place?.at.row === index}
                  cellId={cellId}
                  onToggle={() => onToggle?.(line.head.id)}
                  onMore={() => onMore?.(line.head.id)}
                />
              ) : null;
            }
            const { record } = line;
            const shared = {
              object,
              record,
              index,
              columns,
              top: start,
              height,
              selected: selection.has(record.id),
              acts,
            };
            if (narrow) return <Card key={record.id} {...shared} />;
            const inBlock = !!block && index >= block.top && index <= block.bottom;
            return (
              <Row
                key={record.id}
                {...shared}
                lefts={lefts}
                at={place?.at.row === index ? place.at.col : -1}
                left={inBlock ? block.left : -1}
                right={inBlock ? block.right : -1}
                editing={editing?.row === index ? editing.what : undefined}
                cellId={cellId}
              />
            );
          })}
        </div>
        {!narrow && !state.deleted && <Totals object={object} state={state} lefts={lefts} />}
      </div>
    </div>
  );
}

/** Which lines are seen, and how high they are. */
function useSeenLines(
  { lines, more, scrollPx }: Props,
  narrow: boolean,
  scroller: React.RefObject<HTMLDivElement | null>,
) {
  const density = useDensity();
  const height = narrow ? cardPx : rowPx[density];
  const painted = usePainted();
  const estimateSize = useCallback(
    (index: number) => (narrow && isOfGroup(lines.at(index)) ? groupCardPx : height),
    [narrow, lines, height],
  );
  const virtual = useVirtualizer({
    count: lines.count + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: painted ? overscan.rest : overscan.first,
    initialOffset: scrollPx,
    // The heading covers the first rows it is scrolled under.
    scrollPaddingStart: narrow ? 0 : 34,
    scrollPaddingEnd: narrow ? 0 : 34,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are what must be measured anew.
  useEffect(() => virtual.measure(), [virtual, height, narrow ? lines : null]);
  return { virtual, height, painted };
}

function isOfGroup(line: Line | undefined): boolean {
  return !!line && line.kind !== "record";
}

function AllBox({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const whole = selection.all && selection.ids.size === 0;
  return (
    <input
      type="checkbox"
      className="gx-check"
      aria-label={t("list.select_all")}
      checked={whole}
      ref={(node) => {
        if (node) node.indeterminate = selection.some && !whole;
      }}
      onChange={selection.some ? selection.clear : selection.takeAll}
    />
  );
}

function WaitingRow({ top, height }: { top: number; height: number }) {
  return (
    <div
      role="row"
      className={styles.row}
      data-waiting="true"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell" className={styles.cell} style={{ gridColumn: "2 / -1" }}>
        <Skeleton height={10} width="40%" />
      </div>
    </div>
  );
}

/** Whether what is drawn first has been on the screen: the rest can follow. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => startTransition(() => setPainted(true)));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return painted;
}

type OnSeen = (first: number, last: number) => void;

function useSeen(from: number, to: number, painted: boolean, onSeen: OnSeen): void {
  const first = Math.floor(from / seenStep) * seenStep;
  const last = Math.ceil(to / seenStep) * seenStep;
  useEffect(() => {
    if (painted) onSeen(first, last);
  }, [onSeen, painted, first, last]);
}

/** Coming back from a record, the list stands where it stood. */
function useKeptScroll(
  scroller: React.RefObject<HTMLDivElement | null>,
  at: number,
  onScroll: (px: number) => void,
): void {
  const told = useRef(onScroll);
  told.current = onScroll;
  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return;
    node.scrollTop = at;
    const remember = () => told.current(node.scrollTop);
    node.addEventListener("scroll", remember, { passive: true });
    return () => node.removeEventListener("scroll", remember);
  }, [scroller, at]);
}
