//! Which columns a list shows and in which order, also those of linked records. By drag, or by keyboard with the arrows.

import { ActionIcon } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronLeft,
  IconChevronRight,
  IconEyeOff,
  IconGripVertical,
  IconPin,
  IconPinnedOff,
  IconPlus,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { objectNamed, speaking, useSchema } from "../api/schema";
import type { Field, ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { columnName } from "./column_name";
import { columnsMax, moved } from "./columns";
import styles from "./panels.module.css";
import type { ListState } from "./state";

interface Props {
  object: ObjectSchema;
  state: ListState;
}

export default function ColumnsPanel({ object, state }: Props) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  return (
    <div className={styles.panel}>
      <div className={styles.headline}>
        <h2 className={styles.title}>{t("list.columns")}</h2>
        <button type="button" className={styles.textButton} onClick={() => setAdding(!adding)}>
          {adding ? <IconChevronLeft size={14} /> : <IconPlus size={14} />}
          {t(adding ? "list.back_to_columns" : "list.add_column")}
        </button>
      </div>
      {adding ? <Add object={object} state={state} /> : <Shown object={object} state={state} />}
    </div>
  );
}

function Shown({ object, state }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const { columns } = state;
  const [dragged, setDragged] = useState(-1);
  const [over, setOver] = useState(-1);
  const put = state.setColumns;
  return (
    <ol className={styles.list}>
      {columns.map((column, index) => {
        const name = columnName(schema, object, column, label);
        const fixed = index === 0 && column.path === object.title_field;
        return (
          <li
            key={column.path}
            className={styles.line}
            data-over={(over === index && dragged >= 0) || undefined}
            draggable={!fixed}
            onDragStart={(event) => {
              event.dataTransfer.setData("text/plain", name);
              setDragged(index);
            }}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(index);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged > 0 && over > 0) put(moved(columns, dragged, over));
              setDragged(-1);
            }}
            onDragEnd={() => setDragged(-1)}
          >
            <IconGripVertical
              size={14}
              aria-hidden="true"
              className={styles.grip}
              data-off={fixed || undefined}
            />
            <span className={`gx-ellipsis ${styles.name}`}>{name}</span>
            {!fixed && (
              <>
                <ActionIcon
                  size={24}
                  aria-label={t("list.move_up_of", { column: name })}
                  disabled={index < 2}
                  onClick={() => put(moved(columns, index, index - 1))}
                >
                  <IconArrowUp size={13} />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  aria-label={t("list.move_down_of", { column: name })}
                  disabled={index === columns.length - 1}
                  onClick={() => put(moved(columns, index, index + 1))}
                >
                  <IconArrowDown size={13} />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  aria-pressed={column.pinned}
                  aria-label={t("list.pin_of", { column: name })}
                  onClick={() =>
                    put(
                      moved(
                        columns.map((one) => (one === column ? { ...one, pinned: !one.pinned } : one)),
                        index,
                        index,
                      ),
                    )
                  }
                >
                  {column.pinned ? <IconPinnedOff size={13} /> : <IconPin size={13} />}
                </ActionIcon>
                <ActionIcon
                  size={24}
                  aria-label={t("list.hide_of", { column: name })}
                  onClick={() => put(columns.filter((one) => one !== column))}
                >
                  <IconEyeOff size={13} />
                </ActionIcon>
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Add({ object, state }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const [through, setThrough] = useState<Field>();
  const [search, setSearch] = useState("");
  const { columns } = state;
  const from = through ? objectNamed(schema, through.target) : object;
  const prefix = through ? `${through.name}.` : "";
  const full = columns.length >= columnsMax;
  const offered = (from ? speaking(from) : []).filter(
    (field) =>
      !columns.some(({ path }) => path === prefix + field.name) &&
      label(field.label).toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <>
      {through && (
        <button type="button" className={styles.textButton} onClick={() => setThrough(undefined)}>
          <IconChevronLeft size={14} />
          {label(through.label)}
        </button>
      )}
      <input
        className={styles.search}
        type="search"
        data-autofocus
        aria-label={t("filter.find_field")}
        placeholder={t("filter.find_field")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ul className={styles.list}>
        {offered.map((field) => (
          <li key={field.name} className={styles.line}>
            <button
              type="button"
              className={styles.add}
              disabled={full}
              onClick={() =>
                state.setColumns([...columns, { path: prefix + field.name, field, pinned: false }])
              }
            >
              <IconPlus size={13} aria-hidden="true" />
              <span className="gx-ellipsis">{label(field.label)}</span>
            </button>
            {!through &&
              (field.kind === "link" || field.kind === "person") &&
              objectNamed(schema, field.target) && (
                <ActionIcon
                  size={24}
                  aria-label={t("filter.through", { field: label(field.label) })}
                  onClick={() => setThrough(field)}
                >
                  <IconChevronRight size={14} />
                </ActionIcon>
              )}
          </li>
        ))}
      </ul>
    </>
  );
}
