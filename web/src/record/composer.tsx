//! Logging what was done, in a few clicks: what kind, what came of it, and when to be in touch again.

import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed, createRecord } from "../api/records";
import { useSchema } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema, Option } from "../api/types";
import { FieldInput } from "../fields/input";
import { useCreate } from "../form/create";
import { defaults, keepDraft, readDraft, toCreate, useMyself, type Values } from "../form/draft";
import { fieldProblems, Problems } from "../form/problems";
import { type QuickLog, slotsOf } from "../objects";
import { small, useLabel } from "../text/label";
import { shown } from "../text/mentions";
import { Dot } from "../ui/chip";
import { Icon } from "../ui/icon";
import { say } from "../ui/toast";
import { addable, useSelf } from "./about";
import styles from "./composer.module.css";
import { MentionBox } from "./mention_box";
import { NextDay } from "./next_day";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
}

export function Composer({ object, record }: Props) {
  const label = useLabel();
  const schema = useSchema();
  const create = useCreate();
  const client = useQueryClient();
  const self = useSelf(object, record);
  const [kind, setKind] = useState<Option>();
  const offered = addable(schema, object);
  const logged = offered.flatMap(({ other, field }) => {
    const log = slotsOf(other.name).quickLog;
    const choice = other.fields.find(({ name }) => name === log?.kind);
    return log && choice ? [{ other, field, log, choice }] : [];
  })[0];
  return (
    <div className={styles.composer}>
      <div className={styles.bar}>
        {logged?.choice.options?.map((option) => (
          <button
            key={option.value}
            type="button"
            className={styles.kind}
            aria-expanded={kind === option}
            onClick={() => setKind(kind === option ? undefined : option)}
          >
            <Dot color={option.color} />
            {label(option.label)}
          </button>
        ))}
        <span className={styles.grow} />
        {offered
          .filter(({ other }) => other !== logged?.other)
          .map(({ other, field }) => (
            <button
              key={other.name}
              type="button"
              className={styles.kind}
              onClick={() =>
                create(other, { [field.name]: self }, () => void changed(client, object.name, other.name))
              }
            >
              <Icon name={other.icon} size={14} />
              {label(other.label)}
            </button>
          ))}
      </div>
      {logged && kind && (
        <LogForm
          key={kind.value}
          object={object}
          record={record}
          other={logged.other}
          log={logged.log}
          kind={kind}
          about={{ [logged.field.name]: self }}
          onClose={() => setKind(undefined)}
        />
      )}
    </div>
  );
}

interface LogProps extends Props {
  other: ObjectSchema;
  log: QuickLog;
  kind: Option;
  about: Values;
  onClose: () => void;
}

/** Characters of the text's first line that become the title. */
const titleMax = 60;

function titleFrom(text: string, kind: string): string {
  const first = shown(text).text.split("\n")[0]?.trim() ?? "";
  return first.slice(0, titleMax) || kind;
}

function LogForm({ object, record, other, log, kind, about, onClose }: LogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const myself = useMyself();
  const draft = `log.${record.id}`;
  const [values, setValues] = useState<Values>(() => ({
    ...defaults(other.fields, myself),
    ...readDraft(draft),
    ...about,
    [log.kind]: kind.value,
  }));
  const key = useRef(crypto.randomUUID());
  const field = (name: string): Field | undefined => other.fields.find((one) => one.name === name);
  const set = (name: string, value: unknown) => {
    const next = { ...values, [name]: value };
    setValues(next);
    const { [log.text]: text, [log.next]: day } = next;
    keepDraft(draft, text ? { [log.text]: text, [log.next]: day } : null);
  };
  const save = useMutation({
    mutationFn: () => {
      const title = titleFrom(String(values[log.text] ?? ""), label(kind.label));
      return createRecord(other, toCreate(other.fields, { ...values, [log.title]: title }), key.current);
    },
    onError: (error) => {
      if (fieldProblems(error).length > 0) key.current = crypto.randomUUID();
    },
    onSuccess: () => {
      keepDraft(draft, null);
      void changed(client, object.name, other.name, ...other.related.map((one) => one.object));
      say(t("log.done", { kind: label(kind.label) }));
      onClose();
    },
  });
  const problems = fieldProblems(save.error);
  return (
    <form
      noValidate
      className={styles.form}
      aria-label={t("log.title", { kind: label(kind.label) })}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if ((event.ctrlKey || event.metaKey) && event.key === "Enter") save.mutate();
        if (event.key === "Escape" && !values[log.text]) onClose();
      }}
    >
      <Problems error={save.error} object={other} />
      <MentionBox value={values[log.text] ?? ""} onChange={(text) => set(log.text, text || null)}>
        {(box) => (
          <Textarea
            {...box}
            autosize
            minRows={2}
            maxRows={10}
            data-autofocus
            autoFocus
            variant="unstyled"
            aria-label={t("log.text", { kind: small(label(kind.label)) })}
            placeholder={t("log.text", { kind: small(label(kind.label)) })}
          />
        )}
      </MentionBox>
      <div className={styles.more}>
        {log.more
          .flatMap((name) => field(name) ?? [])
          .map((one) => (
            <FieldInput
              key={one.name}
              field={one}
              value={values[one.name]}
              onChange={(value) => set(one.name, value)}
              error={problems.find((problem) => problem.field === one.name)?.message}
            />
          ))}
        {field(log.next) && (
          <NextDay
            field={field(log.next) as Field}
            value={values[log.next]}
            onChange={(value) => set(log.next, value)}
            error={problems.find((problem) => problem.field === log.next)?.message}
          />
        )}
      </div>
      <div className={styles.foot}>
        <span className="gx-muted">{t("log.mention_hint")}</span>
        <span className={styles.grow} />
        <Button variant="default" onClick={onClose}>
          {t("form.cancel")}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t("log.save")}
        </Button>
      </div>
    </form>
  );
}
