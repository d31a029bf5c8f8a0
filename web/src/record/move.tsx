//! Moves a record to another step: at once on screen, taken back if refused, and asking what the step requires.

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { changed, updateRecord } from "../api/records";
import type { CrmRecord, Field, FieldProblem, ObjectSchema } from "../api/types";
import { sendable } from "../fields";
import { FieldInput } from "../fields/input";
import type { Values } from "../form/draft";
import { Problems } from "../form/problems";
import { Dialog } from "../ui/dialog";
import { sayProblem } from "../ui/toast";
import { rememberUndo } from "../ui/undo";
import styles from "./record.module.css";
import type { Step } from "./steps";

export interface Move {
  record: CrmRecord;
  step: Step;
  /** What changes with it, such as the person, where it goes to another's lane. */
  more?: Values;
}

export function useMove(object: ObjectSchema, field: Field | undefined) {
  const client = useQueryClient();
  const [gate, setGate] = useState<Move & { problems: FieldProblem[] }>();
  const mutation = useMutation({
    mutationFn: ({ record, step, more = {} }: Move) =>
      updateRecord(object, record.id, record.version, { [field?.name ?? ""]: step.id, ...more }),
    onSuccess: (made, { record, step: _, more = {} }) => {
      setGate(undefined);
      const names = [field?.name ?? "", ...Object.keys(more)];
      const before = object.fields
        .filter(({ name }) => names.includes(name))
        .map((one) => [one.name, sendable(one, record[one.name]) ?? null]);
      rememberUndo(async () => {
        await updateRecord(object, made.id, made.version, Object.fromEntries(before));
        await changed(client, object.name);
      });
    },
    onError: (error, move) => {
      const asked =
        error instanceof Problem ? error.errors.filter(({ field: name }) => name !== field?.name) : [];
      const known = asked.filter(({ field: name }) => object.fields.some((one) => one.name === name));
      if (known.length > 0) setGate({ ...move, problems: known });
      else sayProblem(error);
    },
    onSettled: () => changed(client, object.name),
  });
  const dialog = gate && (
    <GateDialog
      key={gate.record.id + gate.step.id}
      object={object}
      gate={gate}
      busy={mutation.isPending}
      onClose={() => setGate(undefined)}
      onSave={(more) =>
        mutation.mutate({ record: gate.record, step: gate.step, more: { ...gate.more, ...more } })
      }
    />
  );
  return { move: mutation.mutate, moving: mutation.isPending ? mutation.variables : undefined, dialog };
}

interface GateProps {
  object: ObjectSchema;
  gate: Move & { problems: FieldProblem[] };
  busy: boolean;
  onClose: () => void;
  onSave: (values: Values) => void;
}

/** What the step asks for before it lets the record in. */
function GateDialog({ object, gate, busy, onClose, onSave }: GateProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>({});
  const [asked] = useState(() => [...new Set(gate.problems.map(({ field }) => field))]);
  const fields = asked.flatMap((name) => object.fields.find((field) => field.name === name) ?? []);
  return (
    <Dialog opened onClose={onClose} title={t("board.gate", { step: gate.step.label })}>
      <form
        noValidate
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(
            Object.fromEntries(
              fields.map((field) => [field.name, sendable(field, values[field.name]) ?? null]),
            ),
          );
        }}
      >
        <p className="gx-muted">{t("board.gate_text")}</p>
        <Problems error={null} />
        {fields.map((field, index) => (
          <FieldInput
            key={field.name}
            field={{ ...field, required: true }}
            value={values[field.name] ?? gate.record[field.name]}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
            error={gate.problems.find((problem) => problem.field === field.name)?.message}
            autoFocus={index === 0}
          />
        ))}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("board.move")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
