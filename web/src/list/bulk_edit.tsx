//! Sets one or more fields of all selected records.

import "../theme/forms.css";
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { writable } from "../api/schema";
import type { Field, ObjectSchema, Value } from "../api/types";
import { sendable } from "../fields";
import { FieldInput } from "../fields/input";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import styles from "./list.module.css";

interface Props {
  object: ObjectSchema;
  /** The one field that is set; otherwise it is chosen. */
  only?: Field;
  count: number;
  onClose: () => void;
  onApply: (values: Record<string, Value>) => Promise<unknown>;
}

export default function BulkEdit({ object, only, count, onClose, onApply }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const offered = only ? [only] : object.fields.filter((field) => writable(field) && !field.unique);
  const [chosen, setChosen] = useState<Field | undefined>(offered[0]);
  const [value, setValue] = useState<Value>(null);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!chosen) return null;
  const apply = async () => {
    setBusy(true);
    try {
      await onApply({ [chosen.name]: sendable(chosen, value) ?? null });
      onClose();
    } catch (error) {
      setProblem(
        error instanceof Problem ? (error.errors[0]?.message ?? error.message) : t("problem.unexpected"),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t(only ? "bulk.assign_title" : "bulk.edit_title", { count })}>
      <div className={styles.stack}>
        {!only && (
          <NativeSelect
            size="xs"
            label={t("filter.field")}
            value={chosen.name}
            onChange={({ currentTarget }) => {
              setChosen(offered.find(({ name }) => name === currentTarget.value));
              setValue(null);
              setProblem(undefined);
            }}
            data={offered.map((field) => ({ value: field.name, label: label(field.label) }))}
          />
        )}
        <FieldInput
          key={chosen.name}
          field={{ ...chosen, required: false }}
          value={value}
          onChange={setValue}
          error={problem}
          autoFocus={!!only}
        />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button loading={busy} onClick={apply}>
            {t("bulk.apply", { count })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
