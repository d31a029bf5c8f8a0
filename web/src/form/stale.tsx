//! Someone else saved first: both versions side by side, field by field, and a choice of which stays.

import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CrmRecord, Field, ObjectSchema, Value } from "../api/types";
import { same } from "../fields";
import { Cell } from "../fields/cell";
import { formatAgo, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import type { Values } from "./draft";
import styles from "./form.module.css";

interface Props {
  object: ObjectSchema;
  /** What this person changed, as shown in the form. */
  mine: Values;
  before: CrmRecord;
  current: CrmRecord;
  onClose: () => void;
  /** The values to save upon the current version. */
  onMerge: (values: Values) => void;
  busy: boolean;
}

export function StaleDialog({ object, mine, before, current, onClose, onMerge, busy }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const edited = object.fields.filter((field) => field.name in mine);
  const theirs = object.fields.filter(
    (field) =>
      !(field.name in mine) && field.name in before && !same(field, before[field.name], current[field.name]),
  );
  const clash = edited.filter((field) => !same(field, before[field.name], current[field.name]));
  const [keep, setKeep] = useState<Record<string, "mine" | "theirs">>({});
  const merged = () =>
    Object.fromEntries(
      edited.filter((field) => keep[field.name] !== "theirs").map((field) => [field.name, mine[field.name]]),
    );
  const who = current.updated_by?.title ?? t("history.system");
  return (
    <Dialog opened onClose={onClose} size={720} title={t("stale.title")}>
      <p>{t("stale.text", { who, when: current.updated_at ? formatAgo(current.updated_at, format) : "" })}</p>
      <table className={styles.stale}>
        <thead>
          <tr>
            <th scope="col">{t("filter.field")}</th>
            <th scope="col">{t("stale.theirs")}</th>
            <th scope="col">{t("stale.mine")}</th>
          </tr>
        </thead>
        <tbody>
          {edited.map((field) => (
            <tr key={field.name}>
              <th scope="row">{label(field.label)}</th>
              {(["theirs", "mine"] as const).map((side) => (
                <td key={side}>
                  <Side
                    field={field}
                    value={side === "mine" ? mine[field.name] : current[field.name]}
                    label={`${label(field.label)}: ${t(`stale.${side}`)}`}
                    checked={(keep[field.name] ?? "mine") === side}
                    onPick={() => setKeep({ ...keep, [field.name]: side })}
                  />
                </td>
              ))}
            </tr>
          ))}
          {theirs.map((field) => (
            <tr key={field.name}>
              <th scope="row">{label(field.label)}</th>
              <td colSpan={2}>
                <Cell field={field} value={current[field.name]} roomy />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="gx-muted">{t(clash.length > 0 ? "stale.clash" : "stale.no_clash")}</p>
      <div className={styles.foot}>
        <span className={styles.grow} />
        <Button variant="default" onClick={onClose}>
          {t("stale.later")}
        </Button>
        <Button loading={busy} onClick={() => onMerge(merged())}>
          {t("stale.save")}
        </Button>
      </div>
    </Dialog>
  );
}

interface SideProps {
  field: Field;
  value: Value;
  label: string;
  checked: boolean;
  onPick: () => void;
}

function Side({ field, value, label, checked, onPick }: SideProps) {
  return (
    <span className={styles.choice}>
      <Radio size="xs" aria-label={label} checked={checked} onChange={onPick} name={`keep-${field.name}`} />
      <Cell field={field} value={value} roomy />
    </span>
  );
}
