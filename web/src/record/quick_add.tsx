//! A new record in a related list by its name alone; where more is needed, the form opens with the name in it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed, createRecord } from "../api/records";
import { writable } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import { defaults, toCreate, useMyself } from "../form/draft";
import { fieldProblems } from "../form/problems";
import { small, useLabel } from "../text/label";
import { sayProblem } from "../ui/toast";
import { useSelf } from "./about";
import styles from "./related.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  child: ObjectSchema;
  field: string;
}

export function QuickAdd({ object, record, child, field }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const create = useCreate();
  const client = useQueryClient();
  const myself = useMyself();
  const self = useSelf(object, record);
  const [name, setName] = useState("");
  const key = useRef(crypto.randomUUID());
  const title = child.fields.find((one) => one.name === child.title_field);
  const values = { [child.title_field]: name.trim(), [field]: self };
  const done = () => {
    setName("");
    key.current = crypto.randomUUID();
    void changed(client, object.name, child.name);
  };
  const add = useMutation({
    mutationFn: () => {
      const all = { ...defaults(child.fields.filter(writable), myself), ...values };
      return createRecord(child, toCreate(child.fields, all), key.current);
    },
    onSuccess: done,
    onError: (error) => {
      if (fieldProblems(error).length === 0) return sayProblem(error);
      key.current = crypto.randomUUID();
      create(child, values, done);
    },
  });
  // A title that is chosen or computed cannot be typed.
  if (title?.kind !== "text" || !writable(title)) return null;
  const words = t("record.quick_add", { object: small(label(child.label)) });
  return (
    <form
      className={styles.quick}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) add.mutate();
      }}
    >
      <input
        aria-label={words}
        placeholder={words}
        value={name}
        disabled={add.isPending}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) setName("");
        }}
      />
    </form>
  );
}
