//! The columns of the file with samples, and for each the field it goes to and how it is read.

import { Select, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { fieldAt, useSchema } from "../api/schema";
import type { ColumnRule, Inspection, Mapping } from "../api/transfers";
import type { ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import styles from "./import.module.css";
import { targets, withColumn } from "./mapping";
import { Values } from "./values";

interface Props {
  object: ObjectSchema;
  inspection: Inspection;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Samples shown of each column. */
const samplesMax = 3;

export function ColumnTable({ object, inspection, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const options = useMemo(() => {
    const all = targets(schema, object);
    const known = new Set(all.map(({ path }) => path));
    const own = all.filter(({ through }) => !through);
    const links = [...new Set(all.flatMap(({ through }) => through ?? []))];
    // Longer paths come from a guessed or saved mapping; they are kept as they are.
    const others = Object.values(mapping.columns)
      .map(({ field }) => field)
      .filter((path) => !known.has(path));
    return [
      {
        group: label(object.label),
        items: own.map(({ path, field }) => ({ value: path, label: label(field.label) })),
      },
      ...links.map((link) => ({
        group: label(link.label),
        items: all
          .filter(({ through }) => through === link)
          .map(({ path, field }) => ({ value: path, label: `${label(link.label)} › ${label(field.label)}` })),
      })),
      ...(others.length
        ? [{ group: "…", items: [...new Set(others)].map((path) => ({ value: path, label: path })) }]
        : []),
    ];
  }, [schema, object, mapping.columns, label]);
  const set = (column: string, rule: ColumnRule | null) =>
    onChange(withColumn(mapping, column, rule, schema));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("import.step_map")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.samples")}</th>
            <th scope="col">{t("import.goes_to")}</th>
            <th scope="col">{t("import.how")}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map(({ name, samples }) => {
            const rule = mapping.columns[name];
            const field = rule && fieldAt(schema, object, rule.field);
            return (
              <tr key={name} data-unmapped={!rule || undefined}>
                <th scope="row">{name}</th>
                <td className={styles.samples}>{samples.slice(0, samplesMax).join(" · ")}</td>
                <td>
                  <Select
                    size="xs"
                    aria-label={t("import.goes_to_of", { column: name })}
                    placeholder={t("import.left_out")}
                    searchable
                    clearable
                    maxDropdownHeight={320}
                    data={options}
                    value={rule?.field ?? null}
                    onChange={(path) => set(name, path ? { ...rule, field: path } : null)}
                  />
                </td>
                <td>
                  {rule && (field?.kind === "date" || field?.kind === "instant") ? (
                    <TextInput
                      size="xs"
                      aria-label={t("import.date_of", { column: name })}
                      placeholder="yyyy-mm-dd"
                      value={rule.date ?? ""}
                      onChange={(event) =>
                        set(name, { ...rule, date: event.currentTarget.value || undefined })
                      }
                    />
                  ) : rule ? (
                    <div className={styles.how}>
                      <TextInput
                        size="xs"
                        aria-label={t("import.empty_of", { column: name })}
                        placeholder={t("import.if_empty")}
                        value={rule.empty ?? ""}
                        onChange={(event) =>
                          set(name, { ...rule, empty: event.currentTarget.value || undefined })
                        }
                      />
                      {field && (
                        <Values
                          column={name}
                          field={field}
                          samples={samples}
                          rule={rule}
                          onChange={(next) => set(name, next)}
                        />
                      )}
                    </div>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
