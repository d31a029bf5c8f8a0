//! Column headings: a click sorts, an edge widens, a drag moves; a menu does all of it without a mouse.

import { IconArrowDown, IconArrowUp, IconChevronDown } from "@tabler/icons-react";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { kindOf } from "../fields";
import { cycleSort, parseSort } from "../filters/filter";
import { useLabel } from "../text/label";
import { MenuButton } from "../ui/menu";
import { columnName } from "./column_name";
import { type Column, clampWidth, moved } from "./columns";
import { headingParts } from "./heading_menu";
import styles from "./list.module.css";
import type { ListState } from "./state";

interface Props {
  object: ObjectSchema;
  state: ListState;
  lefts: readonly (number | undefined)[];
  children: ReactNode;
}

export function Header({ object, state, lefts, children }: Props) {
  const sorts = parseSort(state.sort);
  const [dragged, setDragged] = useState(-1);
  const [over, setOver] = useState(-1);
  return (
    <div role="rowgroup" className={styles.headRow}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        <div role="columnheader" aria-colindex={1} className={styles.check}>
          {children}
        </div>
        {state.columns.map((column, index) => {
          const at = sorts.findIndex(({ field }) => field === column.path);
          return (
            <Heading
              key={column.path}
              object={object}
              state={state}
              column={column}
              index={index}
              left={lefts[index]}
              direction={at < 0 ? undefined : sorts[at]?.descending ? "descending" : "ascending"}
              place={sorts.length > 1 && at >= 0 ? at + 1 : undefined}
              isOver={over === index && dragged >= 0}
              onDrag={setDragged}
              onOver={setOver}
              onDrop={() => {
                if (dragged > 0 && over > 0) state.setColumns(moved(state.columns, dragged, over));
                setDragged(-1);
                setOver(-1);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface HeadingProps {
  object: ObjectSchema;
  state: ListState;
  column: Column;
  index: number;
  left: number | undefined;
  direction?: "ascending" | "descending";
  place?: number;
  isOver: boolean;
  onDrag: (index: number) => void;
  onOver: (index: number) => void;
  onDrop: () => void;
}

function Heading(props: HeadingProps) {
  const { object, state, column, index, left, direction, place, isOver, onDrag, onOver, onDrop } = props;
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const box = useRef<HTMLDivElement>(null);
  const { field, path, pinned } = column;
  const name = columnName(schema, object, column, label);
  const sortable = field.sortable && !path.includes(".");
  const movable = index > 0;
  return (
    <div
      ref={box}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sortable ? (direction ?? "none") : undefined}
      className={`${styles.heading} ${pinned ? styles.sticky : ""}`}
      data-align={kindOf(field).align}
      data-over={isOver || undefined}
      style={pinned ? { left } : undefined}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        onDrag(index);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        onOver(index);
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      onDragEnd={() => {
        onDrag(-1);
        onOver(-1);
      }}
    >
      {sortable ? (
        <button
          type="button"
          className={styles.sort}
          title={t("list.sort_hint")}
          onClick={(event) => state.set({ sort: cycleSort(state.sort, path, event.shiftKey) })}
        >
          <span className="gx-ellipsis">{name}</span>
          {direction === "ascending" && <IconArrowUp size={13} aria-hidden="true" />}
          {direction === "descending" && <IconArrowDown size={13} aria-hidden="true" />}
          {place && <small>{place}</small>}
        </button>
      ) : (
        <span className="gx-ellipsis">{name}</span>
      )}
      <MenuButton
        label={t("list.column_menu", { column: name })}
        icon={<IconChevronDown size={13} />}
        size={24}
        className={styles.headMenu}
        parts={() => headingParts({ state, column, index, t, width: box.current?.offsetWidth ?? 0 })}
      />
      <Edge
        onWidth={(width, done) => {
          if (done)
            state.setColumns(state.columns.map((one) => (one.path === path ? { ...one, width } : one)));
          else
            box.current
              ?.closest<HTMLElement>("[role=grid]")
              ?.style.setProperty("--template", preview(state.columns, index, width, box.current));
        }}
        startWidth={() => box.current?.offsetWidth ?? 0}
      />
    </div>
  );
}

/** While an edge is dragged only the grid's template changes: no row is drawn anew. */
function preview(
  columns: readonly Column[],
  index: number,
  width: number,
  heading: HTMLElement | null,
): string {
  const row = heading?.parentElement;
  const cells = row ? [...row.children].slice(1) : [];
  const widths = columns.map((_, at) =>
    at === index ? width : ((cells[at] as HTMLElement | undefined)?.offsetWidth ?? 120),
  );
  return `40px ${widths.map((px) => `${px}px`).join(" ")}`;
}

/** The edge of a heading: dragging it widens the column; the menu has the same without dragging. */
function Edge({
  onWidth,
  startWidth,
}: {
  onWidth: (width: number, done: boolean) => void;
  startWidth: () => number;
}) {
  const from = useRef<{ x: number; width: number }>(undefined);
  const widthAt = (event: PointerEvent) =>
    clampWidth((from.current?.width ?? 0) + event.clientX - (from.current?.x ?? 0));
  return (
    <span
      aria-hidden="true"
      className={styles.edge}
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: startWidth() };
      }}
      onPointerMove={(event) => from.current && onWidth(widthAt(event), false)}
      onPointerUp={(event) => {
        if (from.current) onWidth(widthAt(event), true);
        from.current = undefined;
      }}
    />
  );
}
