//! What is still to be done for a record, soonest first; done by one click, with a way back.

import { Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, fewQuery, runCommand, updateRecord } from "../api/records";
import { mayWith, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { slotsOf, type ToDo } from "../objects";
import { formatDate, useFormat } from "../text/format";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { leading } from "./about";
import styles from "./timeline.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
}

/** Steps shown. */
const stepsMax = 5;

export function NextSteps({ object, record }: Props) {
  const schema = useSchema();
  return schema.objects.map((other) => {
    const { toDo } = slotsOf(other.name);
    const field = toDo && leading(object, other);
    return field ? (
      <Steps key={other.name} object={object} record={record} other={other} toDo={toDo} link={field.name} />
    ) : null;
  });
}

interface StepsProps extends Props {
  other: ObjectSchema;
  toDo: ToDo;
  link: string;
}

function Steps({ object, record, other, toDo, link }: StepsProps) {
  const { t } = useTranslation();
  const filter = {
    and: [
      { field: link, op: "eq", value: record.id },
      { field: toDo.field, op: "eq", value: toDo.open },
    ],
  };
  const { data } = useQuery(fewQuery(other, { filter, sort: toDo.due, limit: stepsMax }));
  if (!data || data.items.length === 0) return null;
  return (
    <section className={styles.next} aria-label={t("record.next_steps")}>
      <h3>{t("record.next_steps")}</h3>
      <ul>
        {data.items.map((step) => (
          <Step key={step.id} object={object} other={other} toDo={toDo} step={step} />
        ))}
      </ul>
    </section>
  );
}

interface StepProps {
  object: ObjectSchema;
  other: ObjectSchema;
  toDo: ToDo;
  step: CrmRecord;
}

function Step({ object, other, toDo, step }: StepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const title = titleOf(other, step, format);
  const refresh = () => changed(client, object.name, other.name);
  const done = useMutation({
    mutationFn: () => runCommand(other, step.id, step.version, toDo.done, {}),
    onSuccess: ({ record }) => {
      void refresh();
      sayWithUndo(t("record.step_done", { title }), async () => {
        await updateRecord(other, step.id, record.version, { [toDo.field]: toDo.open });
        await refresh();
      });
    },
    onError: sayProblem,
  });
  const due: string | undefined = step[toDo.due];
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: format.timeZone }).format(new Date());
  return (
    <li>
      <Checkbox
        size="xs"
        aria-label={t("record.step_do", { title })}
        checked={done.isPending || done.isSuccess}
        disabled={!mayWith(other, step, "update")}
        onChange={() => done.mutate()}
      />
      <Link className="gx-link gx-ellipsis" to={`/${other.plural}/${step.id}`}>
        {title}
      </Link>
      {due && (
        <time dateTime={due} className={styles.due} data-late={due < today || undefined}>
          {due < today ? t("record.late_since", { day: formatDate(due, format) }) : formatDate(due, format)}
        </time>
      )}
    </li>
  );
}
