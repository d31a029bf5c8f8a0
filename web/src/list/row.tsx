//! One record in a list: a row of cells, or on a phone a card. The title is a real link.

import { Checkbox } from "@mantine/core";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { kindOf, valueText } from "../fields";
import { Cell, valueAt } from "../fields/cell";
import { useFormat } from "../text/format";
import styles from "./list.module.css";
import type { Column } from "./state";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  index: number;
  columns: Column[];
  style: CSSProperties;
  active: boolean;
  selected: boolean;
  title: string;
  onSelect: (range: boolean) => void;
  onOpen: () => void;
}

function Select({ selected, title, onSelect }: Pick<Props, "selected" | "title" | "onSelect">) {
  const { t } = useTranslation();
  return (
    <Checkbox
      size="xs"
      aria-label={t("list.select", { title })}
      checked={selected}
      onChange={() => {}}
      onClick={(event) => onSelect(event.shiftKey)}
    />
  );
}

export function Row({
  object,
  record,
  index,
  columns,
  style,
  active,
  selected,
  title,
  onSelect,
  onOpen,
}: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table handles Enter on its active row, and the title is a link.
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      style={style}
      onClick={(event) => {
        if (
          !(event.target as Element).closest("a, button, input, label") &&
          !window.getSelection()?.toString()
        )
          onOpen();
      }}
    >
      <div role="cell" className={styles.check}>
        <Select selected={selected} title={title} onSelect={onSelect} />
      </div>
      {columns.map(({ path, field }, at) => (
        <div
          key={path}
          role="cell"
          className={`${styles.cell} ${at === 0 ? styles.sticky : ""}`}
          data-align={kindOf(field).align}
        >
          {path === object.title_field ? (
            <Link className={`gx-link ${styles.title}`} to={`/${object.plural}/${record.id}`}>
              {title}
            </Link>
          ) : (
            <Cell field={field} value={valueAt(record, path)} />
          )}
        </div>
      ))}
    </div>
  );
}

/** Values a card shows under the title. */
const cardValuesMax = 3;

export function Card({ object, record, index, columns, style, selected, title, onSelect, onOpen }: Props) {
  const format = useFormat();
  const shown = columns
    .filter(
      ({ path, field }) =>
        path !== object.title_field &&
        field.kind !== "yes_no" &&
        valueText(field, valueAt(record, path), format),
    )
    .slice(0, cardValuesMax);
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
        if (!(event.target as Element).closest("a, button, input, label")) onOpen();
      }}
    >
      <div role="cell" className={styles.cardCheck}>
        <Select selected={selected} title={title} onSelect={onSelect} />
      </div>
      <div role="cell" className={styles.cardBody}>
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
}
