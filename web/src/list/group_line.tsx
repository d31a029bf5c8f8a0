//! The head of a group in a list: its value, how many, and its totals. And the line that shows more of it.

import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { Cell } from "../fields/cell";
import { formatCount, useFormat } from "../text/format";
import { type Column, totalOf } from "./columns";
import type { GroupHead, Line } from "./lines";
import styles from "./list.module.css";
import { TotalValue } from "./totals";

interface Props {
  line: Extract<Line, { kind: "group" | "more" }>;
  field: Field;
  columns: readonly Column[];
  lefts: readonly (number | undefined)[];
  top: number;
  height: number;
  /** On a phone: the name and one total, over cards. */
  narrow: boolean;
  active: boolean;
  index: number;
  cellId: string;
  onToggle: () => void;
  onMore: () => void;
}

export function GroupLine(props: Props) {
  const { line, columns, lefts, top, height, narrow, active, index, cellId, onToggle, onMore } = props;
  const { t } = useTranslation();
  const style = { transform: `translateY(${top}px)`, height };
  const shared = {
    className: styles.row,
    style,
    "data-row": index,
    "aria-rowindex": index + 2,
    "data-active": active || undefined,
    "data-narrow": narrow || undefined,
  };
  if (line.kind === "more") {
    return (
      <div role="row" {...shared}>
        <div role="gridcell" className={styles.groupMore} id={active ? cellId : undefined}>
          <button type="button" className={styles.textButton} onClick={onMore} disabled={line.waiting}>
            {t("list.group_more")}
          </button>
        </div>
      </div>
    );
  }
  const totalled = columns.find((column) => totalOf(column));
  const cells = columns.map((column, at) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button before it does the same.
    <div
      key={column.path}
      role={at === 0 ? "rowheader" : "gridcell"}
      id={at === 0 && active ? cellId : undefined}
      className={`${styles.cell} ${column.pinned ? styles.sticky : ""}`}
      data-align={at === 0 ? undefined : column.field && "end"}
      style={column.pinned ? { left: lefts[at] } : undefined}
      onClick={at === 0 ? onToggle : undefined}
    >
      {at === 0 ? (
        <GroupTitle head={line.head} field={props.field} />
      ) : (
        <TotalValue column={column} totals={line.head.totals} />
      )}
    </div>
  ));
  return (
    <div role="row" {...shared} data-group={line.open ? "open" : "closed"}>
      <div role="gridcell" className={styles.check}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={line.open}
          aria-label={t("list.toggle_group")}
          onClick={onToggle}
        >
          <IconChevronRight size={14} />
        </button>
      </div>
      {narrow ? (
        <div role="gridcell" className={styles.groupCard}>
          <GroupTitle head={line.head} field={props.field} />
          {totalled && <TotalValue column={totalled} totals={line.head.totals} />}
        </div>
      ) : (
        cells
      )}
    </div>
  );
}

function GroupTitle({ head, field }: { head: GroupHead; field: Field }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = field.result ?? field.kind;
  const dated = kind === "date" || kind === "instant";
  const month = dated && head.value ? new Date(`${head.value}T00:00:00Z`) : undefined;
  return (
    <span className={styles.groupTitle}>
      {head.value === null || head.value === undefined ? (
        <span className="gx-muted">{t("list.no_value")}</span>
      ) : month ? (
        new Intl.DateTimeFormat(format.locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(
          month,
        )
      ) : (
        <Cell field={field} value={head.value} />
      )}
      <span className={styles.count}>{formatCount(head.totals.count ?? 0, true, format)}</span>
    </span>
  );
}
