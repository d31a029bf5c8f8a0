//! Editing a record in place: sends what changed with the version it was read at, and merges when it was stale.

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { changed, updateRecord } from "../api/records";
import type { CrmRecord, ObjectSchema, Value } from "../api/types";
import { keepDraft, readDraft, toUpdate, type Values } from "../form/draft";
import { RecordForm } from "../form/form";
import { fieldProblems, Problems } from "../form/problems";
import { StaleDialog } from "../form/stale";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  focus: string;
  onClose: () => void;
}

/** The fields to send, typed values kept as they are shown, so that both sides can be compared. */
function edited(object: ObjectSchema, before: CrmRecord, values: Values): Values {
  const names = Object.keys(toUpdate(object.fields, before, values));
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** What was typed is kept in this tab: leaving, reloading or losing the net loses nothing. */
export function draftOf(record: CrmRecord): string {
  return `edit.${record.id}`;
}

export function EditForm({ object, record, focus, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
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
  const save = useMutation({
    mutationFn: (input: { version: number; against: CrmRecord; values: Values }) =>
      updateRecord(object, record.id, input.version, toUpdate(object.fields, input.against, input.values)),
    onSuccess: (saved) => {
      client.setQueryData(["record", object.name, record.id, null], (old: CrmRecord | undefined) => ({
        ...saved,
        _can: saved._can ?? old?._can,
      }));
      void changed(client, object.name);
      close();
    },
  });
  const stale =
    save.error instanceof Problem && save.error.code === "stale_version" ? save.error.current : undefined;
  const submit = () => {
    if (!dirty) close();
    else save.mutate({ version: before.version, against: before, values: mine });
  };
  const merge = (current: CrmRecord) => (chosen: Values) => {
    if (Object.keys(toUpdate(object.fields, current, chosen)).length === 0) {
      void changed(client, object.name);
      close();
    } else save.mutate({ version: current.version, against: current, values: chosen });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape" && !dirty) close();
        if ((event.ctrlKey || event.metaKey) && event.key === "Enter") submit();
      }}
    >
      {!stale && <Problems error={save.error} object={object} />}
      <RecordForm
        object={object}
        values={values}
        problems={fieldProblems(save.error)}
        onChange={change}
        focus={focus}
        columns={1}
      />
      <div className={styles.foot}>
        <Button type="submit" loading={save.isPending}>
          {t("form.save")}
        </Button>
        <Button variant="default" onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
      {stale && (
        <StaleDialog
          object={object}
          mine={mine}
          before={before}
          current={stale}
          busy={save.isPending}
          onClose={() => save.reset()}
          onMerge={merge(stale)}
        />
      )}
    </form>
  );
}
