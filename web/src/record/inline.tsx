//! One field of a record edited where it stands: Enter saves, Escape leaves it, a refusal stays beside what was typed.

import { ActionIcon } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CrmRecord, Field, ObjectSchema, Value } from "../api/types";
import { FieldInput } from "../fields/input";
import { keepDraft } from "../form/draft";
import { fieldProblems } from "../form/problems";
import { problemText } from "../ui/state";
import { draftOf } from "./edit";
import styles from "./record.module.css";
import { edited, useSave } from "./save";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  field: Field;
  onClose: () => void;
}

/** Kinds that are chosen, not typed: choosing is saving. */
const chosen = new Set(["choice", "link", "person", "date", "yes_no"]);
/** Kinds in which Enter starts a new line. */
const lines = new Set(["long_text", "tags", "links", "many_choices"]);

export function InlineEdit({ object, record, field, onClose }: Props) {
  const { t } = useTranslation();
  const [before] = useState(record);
  const [value, setValue] = useState<Value>(record[field.name]);
  const close = () => {
    keepDraft(draftOf(record), null);
    onClose();
  };
  const { save, pending, error, dialog } = useSave(object, before, close);
  const send = (next: Value) => save(edited(object, before, { ...before, [field.name]: next }));
  const change = (next: Value) => {
    setValue(next);
    keepDraft(draftOf(record), {
      before,
      mine: edited(object, before, { ...before, [field.name]: next }),
    });
    if (chosen.has(field.kind)) send(next);
  };
  const problem = fieldProblems(error).find((one) => one.field === field.name)?.message;
  const others = fieldProblems(error).filter((one) => one.field !== field.name);
  return (
    <div
      className={styles.inline}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const inList = (event.target as Element).getAttribute("aria-expanded") === "true";
        if (event.key === "Escape" && !inList) close();
        else if (
          event.key === "Enter" &&
          (event.ctrlKey || event.metaKey || (!lines.has(field.kind) && !inList))
        )
          send(value);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <FieldInput
        bare
        autoFocus
        field={field}
        value={value}
        onChange={change}
        error={problem ?? (error && others.length === 0 ? problemText(error, t) : undefined)}
      />
      {others.map(({ field: name, message }) => (
        <p key={name + message} role="alert" className={styles.problem}>
          {message}
        </p>
      ))}
      <div className={styles.inlineActions}>
        <ActionIcon
          variant="filled"
          color="jade"
          size={24}
          loading={pending}
          aria-label={t("form.save")}
          onClick={() => send(value)}
        >
          <IconCheck size={14} />
        </ActionIcon>
        <ActionIcon variant="default" size={24} aria-label={t("form.cancel")} onClick={close}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {dialog}
    </div>
  );
}
