//! One record in a list: a row of cells, or on a phone a card. The title is a real link.

import { type CSSProperties, lazy, memo, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { mayWith, writable } from "../api/schema";
import type { CrmRecord, ObjectSchema, Value } from "../api/types";
import type { Way } from "../edit/editor";
import { kindOf, titleOf, valueText } from "../fields";
import { Cell, valueAt } from "../fields/cell";
import { useFormat } from "../text/format";
import type { Column } from "./columns";
import styles from "./list.module.css";

const CellEditor = lazy(() => import("../edit/editor"));

export interface Editing {
  col: number;
  typed?: string;
  /** What was refused, and why; it is there to be mended. */
  draft?: { value: Value; error: string };
}

export interface RowActs {
  select: (index: number, id: string, range: boolean) => void;
  done: (index: number, col: number, value: Value, way: Way) => void;
  leave: () => void;
  open: (record: CrmRecord) => void;
  hover: (record: CrmRecord) => void;
}

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  index: number;
  columns: readonly Column[];
  lefts: readonly (number | undefined)[];
  top: number;
  height: number;
  selected: boolean;
  /** The column one is at, or -1. */
  at: number;
  /** Columns of the chosen block in this row; none where `left` is -1. */
  left: number;
  right: number;
  editing?: Editing;
  acts: RowActs;
  cellId: string;
}

/** Whether this person may write this field here, through the list. */
export function editable(
  object: ObjectSchema,
  record: CrmRecord | undefined,
  column: Column | undefined,
): boolean {
  if (!record || !column || column.path.includes(".")) return false;
  return (
    writable(column.field) && mayWith(object, record, "update") && !record._masked?.includes(column.path)
  );
}

export const Row = memo(function Row(props: Props) {
  const {
    object,
    record,
    index,
    columns,
    lefts,
    top,
    height,
    selected,
    at,
    left,
    right,
    editing,
    acts,
    cellId,
  } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const title = titleOf(object, record, format);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      data-row={index}
      data-active={at >= 0 || undefined}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onMouseEnter={() => acts.hover(record)}
    >
      <div role="gridcell" className={styles.check}>
        <input
          type="checkbox"
          className="gx-check"
          tabIndex={-1}
          aria-label={t("list.select", { title })}
          checked={selected}
          onChange={() => {}}
          onClick={(event) => acts.select(index, record.id, event.shiftKey)}
        />
      </div>
      {columns.map((column, col) => {
        const { path, field, pinned } = column;
        const isTitle = path === object.title_field;
        const isEdited = editing?.col === col;
        const value = valueAt(record, path);
        const className = `${styles.cell} ${pinned ? styles.sticky : ""}`;
        return (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is one of several, all of which take it.
          <div
            key={path}
            id={col === at ? cellId : undefined}
            role={isTitle ? "rowheader" : "gridcell"}
            aria-colindex={col + 2}
            aria-readonly={!editable(object, record, column) || undefined}
            className={className}
            data-col={col}
            data-at={col === at || undefined}
            data-block={(left >= 0 && col >= left && col <= right) || undefined}
            data-align={kindOf(field).align}
            data-edited={isEdited || undefined}
            style={pinned ? { left: lefts[col] } : undefined}
          >
            {isEdited ? (
              <Suspense fallback={<Cell field={field} value={value} />}>
                <CellEditor
                  field={field}
                  value={editing.draft ? editing.draft.value : value}
                  typed={editing.typed}
                  error={editing.draft?.error}
                  onDone={(next, way) => acts.done(index, col, next, way)}
                  onLeave={acts.leave}
                />
              </Suspense>
            ) : isTitle ? (
              <Link className={`gx-link ${styles.title}`} to={`/${object.plural}/${record.id}`}>
                {title}
              </Link>
            ) : (
              <Cell field={field} value={value} />
            )}
          </div>
        );
      })}
    </div>
  );
});

/** Values a card shows under the title. */
const cardValuesMax = 4;

type CardProps = Pick<
  Props,
  "object" | "record" | "index" | "columns" | "top" | "height" | "selected" | "acts"
>;

export const Card = memo(function Card(props: CardProps) {
  const { object, record, index, columns, top, height, selected, acts } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const title = titleOf(object, record, format);
  const shown = columns
    .filter(
      ({ path, field }) =>
        path !== object.title_field &&
        field.kind !== "yes_no" &&
        valueText(field, valueAt(record, path), format),
    )
    .slice(0, cardValuesMax);
  const style: CSSProperties = { transform: `translateY(${top}px)`, height };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title inside is a link.
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      className={styles.card}
      data-selected={selected || undefined}
      style={style}
      onClick={(event) => {
        if (!(event.target as Element).closest("a, button, input, label")) acts.open(record);
      }}
    >
      <div role="gridcell" className={styles.cardCheck}>
        <input
          type="checkbox"
          className="gx-check"
          aria-label={t("list.select", { title })}
          checked={selected}
          onChange={() => acts.select(index, record.id, false)}
        />
      </div>
      <div role="gridcell" className={styles.cardBody}>
        <Link className={`gx-link ${styles.title}`} to={`/${object.plural}/${record.id}`}>
          {title}
        </Link>
        <div className={styles.cardValues}>
          {shown.map(({ path, field }) => (
            <span key={path} className="gx-ellipsis">
              <Cell field={field} value={valueAt(record, path)} />
            </span>
          ))}
        </div>
      </div>
    </div>
  );
});
