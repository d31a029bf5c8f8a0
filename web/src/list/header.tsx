//! Column headings; a click sorts, with Shift beside the sorts there are.

import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOn, useSchema } from "../api/schema";
import { kindOf } from "../fields";
import { cycleSort, parseSort } from "../filters/filter";
import { useLabel } from "../text/label";
import styles from "./list.module.css";
import type { Column, ListState } from "./state";

interface Props {
  columns: Column[];
  state: ListState;
  children: ReactNode;
}

export function Header({ columns, state, children }: Props) {
  const sorts = parseSort(state.sort);
  return (
    <div role="rowgroup" className={styles.headRow}>
      <div role="row" className={styles.row}>
        <div role="columnheader" className={styles.check}>
          {children}
        </div>
        {columns.map((column, index) => {
          const at = sorts.findIndex(({ field }) => field === column.path);
          return (
            <Heading
              key={column.path}
              column={column}
              sticky={index === 0}
              direction={at < 0 ? undefined : sorts[at]?.descending ? "descending" : "ascending"}
              place={sorts.length > 1 && at >= 0 ? at + 1 : undefined}
              onSort={(add) => state.set({ sort: cycleSort(state.sort, column.path, add) })}
            />
          );
        })}
      </div>
    </div>
  );
}

interface HeadingProps {
  column: Column;
  sticky: boolean;
  direction?: "ascending" | "descending";
  place?: number;
  onSort: (add: boolean) => void;
}

function Heading({ column, sticky, direction, place, onSort }: HeadingProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const { field, path } = column;
  const name = path.includes(".") ? pathLabel(schema, column, label) : label(field.label);
  const className = `${styles.heading} ${sticky ? styles.sticky : ""}`;
  if (!field.sortable) {
    return (
      <div role="columnheader" className={className} data-align={kindOf(field).align}>
        <span className="gx-ellipsis">{name}</span>
      </div>
    );
  }
  return (
    <div
      role="columnheader"
      aria-sort={direction ?? "none"}
      className={className}
      data-align={kindOf(field).align}
    >
      <button
        type="button"
        className={styles.sort}
        title={t("list.sort_hint")}
        onClick={(event) => onSort(event.shiftKey)}
      >
        <span className="gx-ellipsis">{name}</span>
        {direction === "ascending" && <IconArrowUp size={13} aria-hidden="true" />}
        {direction === "descending" && <IconArrowDown size={13} aria-hidden="true" />}
        {place && <small>{place}</small>}
      </button>
    </div>
  );
}

function pathLabel(
  schema: Parameters<typeof fieldsOn>[0],
  { path, field }: Column,
  label: ReturnType<typeof useLabel>,
): string {
  const owner = schema.objects.find((object) => fieldsOn(schema, object, path).at(-1) === field);
  return owner
    ? fieldsOn(schema, owner, path)
        .map((one) => label(one.label))
        .join(" › ")
    : label(field.label);
}
