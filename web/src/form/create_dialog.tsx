//! The dialog that makes a new record of any object.

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { changed, createRecord } from "../api/records";
import { writable } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { say } from "../ui/toast";
import { defaults, keepDraft, readDraft, toCreate, useMyself, type Values } from "./draft";
import { RecordForm } from "./form";
import styles from "./form.module.css";
import { fieldProblems, Problems } from "./problems";

interface Props {
  object: ObjectSchema;
  initial: Values;
  then?: (made: CrmRecord) => void;
  onClose: () => void;
}

export default function CreateDialog({ object, initial, then, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const myself = useMyself();
  const fresh = () => ({ ...defaults(object.fields.filter(writable), myself), ...initial });
  const plain = Object.keys(initial).length === 0;
  const [values, setValues] = useState<Values>(() => ({
    ...fresh(),
    ...(plain ? readDraft(object.name) : {}),
  }));
  const key = useRef(crypto.randomUUID());
  const save = useMutation({
    mutationFn: (_another: boolean) => createRecord(object, toCreate(object.fields, values), key.current),
    // A refused call made nothing: what is sent next is another request. A lost answer is repeated under its key.
    onError: (error) => {
      if (fieldProblems(error).length > 0) key.current = crypto.randomUUID();
    },
    onSuccess: (made, another) => {
      keepDraft(object.name, null);
      void changed(client, object.name);
      say(t("form.created", { title: titleOf(object, made, format) }));
      then?.(made);
      if (another) {
        key.current = crypto.randomUUID();
        setValues(fresh());
        return;
      }
      onClose();
      if (!then) navigate(`/${object.plural}/${made.id}`);
    },
  });
  const change = (name: string, value: unknown) => {
    const next = { ...values, [name]: value };
    setValues(next);
    if (plain) keepDraft(object.name, next);
  };
  return (
    <Dialog opened onClose={onClose} size={680} title={t("list.new", { object: small(label(object.label)) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(false);
        }}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.nativeEvent.isComposing)
            save.mutate(false);
        }}
        noValidate
      >
        <Problems error={save.error} object={object} />
        <RecordForm object={object} values={values} problems={fieldProblems(save.error)} onChange={change} />
        <div className={styles.foot}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <span className={styles.grow} />
          <Button
            variant="default"
            loading={save.isPending && save.variables}
            onClick={() => save.mutate(true)}
          >
            {t("form.save_and_new")}
          </Button>
          <Button type="submit" loading={save.isPending && !save.variables}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
