//! The first rows as they would be taken: what each would do, and what is wrong with it.

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldAt, objectNamed, useSchema } from "../api/schema";
import { type ImportRecord, type PreviewRow, previewQuery } from "../api/transfers";
import type { ObjectSchema, Value } from "../api/types";
import { valueText } from "../fields";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import styles from "./import.module.css";

const colors = { create: "green", update: "blue", skip: "gray", fail: "red" } as const;
/** Columns of the preview. */
const columnsMax = 8;

export function PreviewTable({ id, data: record }: { id: string; data: ImportRecord }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const { data, error, refetch } = useQuery(previewQuery(id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const object = objectNamed(schema, record.object ?? record.mapping?.object);
  const names = [...new Set(data.rows.flatMap(({ values }) => Object.keys(values)))].slice(0, columnsMax);
  const title = (name: string) => label(object && fieldAt(schema, object, name)?.label) || name;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("import.preview")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("import.row")}</th>
            <th scope="col">{t("import.what")}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {title(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row key={row.row} row={row} names={names} object={object} title={title} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  row: PreviewRow;
  names: string[];
  object?: ObjectSchema;
  title: (name: string) => string;
}

function Row({ row, names, object, title }: RowProps) {
  const { t } = useTranslation();
  const schema = useSchema();
  const format = useFormat();
  const text = (name: string, value: Value) => {
    const field = object && fieldAt(schema, object, name);
    return field && typeof value !== "object"
      ? valueText(field, value, format)
      : (value?.title ?? value?.amount ?? value ?? "");
  };
  const problems = row.problems ?? [];
  return (
    <>
      <tr>
        <td className="gx-muted">{row.row}</td>
        <td>
          <Chip color={colors[row.action]}>{t(`import.action_${row.action}`)}</Chip>
        </td>
        {names.map((name) => {
          const change = row.changes?.find(({ field }) => field === name);
          return (
            <td key={name}>
              {change && <del className="gx-muted">{String(text(name, change.old))} </del>}
              {String(text(name, row.values[name]))}
            </td>
          );
        })}
      </tr>
      {problems.length > 0 && (
        <tr className={styles.problems}>
          <td />
          <td colSpan={names.length + 1}>
            {problems.map(({ field, message }) => (
              <div key={field + message}>{[title(field), message].filter(Boolean).join(": ")}</div>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
