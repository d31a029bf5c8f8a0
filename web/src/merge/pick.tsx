//! First step of a merge: the record that goes, found by typing; those that look alike are offered first.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fewQuery } from "../api/records";
import type { CrmRecord, Field, ObjectSchema, Ref } from "../api/types";
import { titleOf, valueText } from "../fields";
import { Cell } from "../fields/cell";
import { FieldInput } from "../fields/input";
import { blank } from "../fields/kind";
import { useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import styles from "./merge.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  onPick: (other: Ref) => void;
}

/** Records that look alike, at most. */
const alikeMax = 6;
/** Kinds in which two records of the same thing often agree. */
const telling = new Set(["phone", "email", "url"]);

/** Records with the same phone, mail or site, or with words of the title. */
function useAlike(object: ObjectSchema, record: CrmRecord): CrmRecord[] {
  const format = useFormat();
  const same = object.fields
    .filter(({ kind, name, access }) => telling.has(kind) && access !== "masked" && !blank(record[name]))
    .map(({ name }) => ({ field: name, op: "eq", value: record[name] }));
  const byValue = useQuery({
    ...fewQuery(object, { filter: { or: same }, limit: alikeMax }),
    enabled: same.length > 0,
  });
  // The beginning of a name without the words that all names end with.
  const words = titleOf(object, record, format).slice(0, 6).trim();
  const byName = useQuery(fewQuery(object, { q: words, limit: alikeMax }));
  const found = [...(byValue.data?.items ?? []), ...(byName.data?.items ?? [])];
  return [...new Map(found.map((one) => [one.id, one])).values()]
    .filter(({ id }) => id !== record.id)
    .slice(0, alikeMax);
}

export function Pick({ object, record, onPick }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const alike = useAlike(object, record);
  const [chosen, setChosen] = useState<Ref | null>(null);
  const field: Field = {
    name: "other",
    kind: "link",
    target: object.name,
    label: { en: t("merge.other"), "zh-CN": t("merge.other") },
  };
  const shown = object.fields.filter(({ kind }) => telling.has(kind));
  const subtitle = object.fields.find(({ name }) => name === object.subtitle_field);
  return (
    <div className={styles.stack}>
      <p className="gx-muted">{t("merge.text", { object: small(label(object.label)) })}</p>
      <FieldInput
        field={field}
        value={chosen}
        onChange={(value: Ref | null) => {
          setChosen(value);
          if (value && value.id !== record.id) onPick(value);
        }}
      />
      {alike.length > 0 && (
        <section aria-label={t("merge.alike")}>
          <h3 className={styles.head}>{t("merge.alike")}</h3>
          <ul className={styles.alike}>
            {alike.map((one) => {
              const title = titleOf(object, one, format);
              return (
                <li key={one.id}>
                  <button type="button" onClick={() => onPick({ id: one.id, title })}>
                    <strong>{title}</strong>
                    <span className={styles.hints}>
                      {subtitle && !blank(one[subtitle.name]) && (
                        <span>{valueText(subtitle, one[subtitle.name], format)}</span>
                      )}
                      {shown
                        .filter(({ name }) => !blank(one[name]))
                        .map((hint) => (
                          <span key={hint.name} data-same={one[hint.name] === record[hint.name] || undefined}>
                            {valueText(hint, one[hint.name], format)}
                          </span>
                        ))}
                    </span>
                    <Cell field={{ ...field, kind: "instant", name: "updated_at" }} value={one.updated_at} />
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
