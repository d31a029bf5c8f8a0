//! The stages of a record as a path, where the object has a board. A step is a button where it may be taken.

import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { mayWith, writable } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { tone } from "../theme/tone";
import { useMove } from "./move";
import styles from "./step_path.module.css";
import { stepOf, useSteps } from "./steps";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

export function StepPath({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const group = object.views.find((view) => view.kind === "board" && view.group)?.group;
  const { field, steps } = useSteps(object, group, record);
  const { move, moving, dialog } = useMove(object, field);
  if (!field || steps.length < 2) return null;
  const atId = moving?.step.id ?? stepOf(record, field);
  const at = steps.findIndex(({ id }) => id === atId);
  const editable = !readOnly && mayWith(object, record, "update") && writable(field);
  return (
    <>
      <ol className={styles.path} aria-label={t("record.steps")}>
        {steps.map((step, index) => {
          const done = index < at && !step.closed;
          return (
            <li key={step.id} className={styles.item} data-done={done || undefined}>
              <button
                type="button"
                className={styles.step}
                data-tone={tone(step.color)}
                data-closed={step.closed || undefined}
                aria-current={index === at ? "step" : undefined}
                disabled={!editable || index === at}
                onClick={() => move({ record, step })}
              >
                {done && <IconCheck size={13} aria-hidden="true" />}
                <span className="gx-ellipsis">{step.label}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {dialog}
    </>
  );
}
