//! All fields of a record as a form in place of its details; one save sends what changed.

import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CrmRecord, ObjectSchema, Value } from "../api/types";
import { keepDraft, readDraft, type Values } from "../form/draft";
import { RecordForm } from "../form/form";
import { fieldProblems, Problems } from "../form/problems";
import styles from "./record.module.css";
import { edited, useSave } from "./save";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  focus: string;
  onClose: () => void;
}

/** What was typed is kept in this tab: leaving, reloading or losing the net loses nothing. */
export function draftOf(record: CrmRecord): string {
  return `edit.${record.id}`;
}

export function EditForm({ object, record, focus, onClose }: Props) {
  const { t } = useTranslation();
  // The record as it was when editing began; live updates must not pull the ground away.
  const [before] = useState<CrmRecord>(
    () => (readDraft(draftOf(record))?.before as CrmRecord | undefined) ?? record,
  );
  const [values, setValues] = useState<Values>(() => ({ ...before, ...readDraft(draftOf(record))?.mine }));
  const mine = edited(object, before, values);
  const dirty = Object.keys(mine).length > 0;
  const close = () => {
    keepDraft(draftOf(record), null);
    onClose();
  };
  const change = (name: string, value: Value) => {
    const next = { ...values, [name]: value };
    setValues(next);
    keepDraft(draftOf(record), { before, mine: edited(object, before, next) });
  };
  const { save, pending, error, dialog } = useSave(object, before, close);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(mine);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape" && !dirty) close();
        if ((event.ctrlKey || event.metaKey) && event.key === "Enter") save(mine);
      }}
    >
      <Problems error={error} object={object} />
      <RecordForm
        object={object}
        values={values}
        problems={fieldProblems(error)}
        onChange={change}
        focus={focus}
        columns={1}
      />
      <div className={styles.foot}>
        <Button type="submit" loading={pending}>
          {t("form.save")}
        </Button>
        <Button variant="default" onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
      {dialog}
    </form>
  );
}
