//! The foot of a list: how many records there are, and what is asked of whole columns.

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { aggregateQuery } from "../api/records";
import type { Group, ObjectSchema, Value } from "../api/types";
import { kindOf } from "../fields";
import { formatCount, formatMoneyShort, useFormat } from "../text/format";
import { formatDecimal } from "../text/number";
import { type Column, totalOf } from "./columns";
import { measures } from "./groups";
import styles from "./list.module.css";
import type { ListState } from "./state";

interface CellProps {
  column: Column;
  totals: Group | undefined;
}

/** One total of a column. Amounts are short, and exact in the tooltip. */
export function TotalValue({ column, totals }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = totalOf(column);
  const value: Value = total && totals?.[`${total}:${column.path}`];
  if (!total || value === null || value === undefined) return null;
  const kind = column.field.result ?? column.field.kind;
  const exact = kindOf(column.field).text(value, column.field, format);
  const shown =
    kind === "money"
      ? formatMoneyShort(
          typeof value === "string" ? { amount: value, currency: format.currency } : value,
          format,
        )
      : total === "avg" && typeof value === "string"
        ? formatDecimal(value, format.locale, { maximumFractionDigits: 1 })
        : exact;
  return (
    <span title={`${t(`total.${total}`)}: ${exact}`}>
      {total !== "sum" && <small className={styles.totalKind}>{t(`total.${total}`)}</small>}
      {shown}
    </span>
  );
}

interface Props {
  object: ObjectSchema;
  state: ListState;
  lefts: readonly (number | undefined)[];
}

export function Totals({ object, state, lefts }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(aggregateQuery(object, "", measures(state.columns), state.asked, state.q));
  const totals = data?.groups[0];
  return (
    <div role="rowgroup" className={styles.foot}>
      <div role="row" className={styles.row}>
        <div role="gridcell" className={styles.check} />
        {state.columns.map((column, index) => (
          <div
            key={column.path}
            role="gridcell"
            className={`${styles.cell} ${column.pinned ? styles.sticky : ""}`}
            data-align={index === 0 ? undefined : kindOf(column.field).align}
            style={column.pinned ? { left: lefts[index] } : undefined}
          >
            {index === 0 ? (
              <span className="gx-muted">
                {totals?.count !== undefined &&
                  t("list.rows_count", {
                    count: totals.count,
                    rows: formatCount(totals.count, true, format),
                  })}
              </span>
            ) : (
              <TotalValue column={column} totals={totals} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
