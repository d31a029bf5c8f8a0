//! The fields in which two records differ, side by side, with the choice of what stays.

import { Button, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmRecord, Field } from "../api/types";
import { Cell } from "../fields/cell";
import { useLabel } from "../text/label";
import { type Side, sidesOf } from "./choices";
import styles from "./merge.module.css";

interface Props {
  fields: Field[];
  kept: CrmRecord;
  gone: CrmRecord;
  sides: Record<string, Side>;
  onChange: (sides: Record<string, Side>) => void;
}

export function FieldTable({ fields, kept, gone, sides, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const all = (side: Side) => onChange(Object.fromEntries(fields.map(({ name }) => [name, side])));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("merge.fields")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("filter.field")}</th>
            <th scope="col">
              {t("merge.own")}
              <Button variant="subtle" size="compact-xs" onClick={() => all("own")}>
                {t("merge.all")}
              </Button>
            </th>
            <th scope="col">
              {t("merge.others")}
              <Button variant="subtle" size="compact-xs" onClick={() => all("other")}>
                {t("merge.all")}
              </Button>
            </th>
            <th scope="col">{t("merge.both")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const offered = sidesOf(field, kept, gone);
            return (
              <tr key={field.name}>
                <th scope="row">{label(field.label)}</th>
                {(["own", "other", "both"] as const).map((side) => (
                  <td key={side} data-chosen={sides[field.name] === side || undefined}>
                    {offered.includes(side) && (
                      // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control.
                      <label className={styles.side}>
                        <Radio
                          size="xs"
                          name={`merge.${field.name}`}
                          aria-label={`${label(field.label)}: ${t(`merge.${side === "other" ? "others" : side}`)}`}
                          checked={sides[field.name] === side}
                          onChange={() => onChange({ ...sides, [field.name]: side })}
                        />
                        {side === "both" ? (
                          <span className="gx-muted">{t("merge.keep_both")}</span>
                        ) : (
                          <Cell field={field} value={(side === "own" ? kept : gone)[field.name]} roomy />
                        )}
                      </label>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
