//! Records as cards in columns by a choice or a link. Moved by dragging, by a menu, or by Space and arrows.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { aggregateQuery } from "../api/records";
import { may, writable } from "../api/schema";
import type { CrmRecord, Group, Money, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { both } from "../filters/filter";
import type { ListState } from "../list/state";
import { useMove } from "../record/move";
import { type Step, stepOf, useSteps } from "../record/steps";
import { useFormat } from "../text/format";
import { Empty, Loading } from "../ui/state";
import styles from "./board.module.css";
import { BoardColumn } from "./column";
import { useWithin, WithinSelect } from "./within";

interface Props {
  object: ObjectSchema;
  state: ListState;
  group: string;
}

export interface Lift {
  record: CrmRecord;
  /** Index of the column it would be dropped in. */
  over: number;
}

function keyId(group: Group): string | undefined {
  const [key] = group.key;
  return typeof key === "object" ? key?.id : key;
}

export default function Board({ object, state, group }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const within = useWithin(object, group);
  const { field, steps, pending } = useSteps(
    object,
    group,
    within.field && { [within.field.name]: within.chosen },
  );
  const asked = both(state.asked, within.filter);
  const { move, moving, dialog } = useMove(object, field);
  const [lift, setLift] = useState<Lift>();
  const [said, setSaid] = useState("");
  const measure = ["count", ...(state.view.sum ? [`sum:${state.view.sum}`] : [])].join(",");
  const { data: totals } = useQuery(aggregateQuery(object, group, measure, asked, state.q));
  if (pending || within.pending) return <Loading />;
  if (!field || steps.length === 0) return <Empty title={t("board.no_steps")} />;
  const editable = may(object, "update") && writable(field);
  const drop = (record: CrmRecord, step: Step) => {
    setLift(undefined);
    if (stepOf(record, field) === step.id) return;
    setSaid(t("board.moved", { title: titleOf(object, record, format), step: step.label }));
    move({ record, step });
  };
  const carry = (record: CrmRecord, key: string): boolean => {
    const at = steps.findIndex(({ id }) => id === stepOf(record, field));
    if (!lift || lift.record.id !== record.id) {
      if (key !== " ") return false;
      setLift({ record, over: at });
      setSaid(t("board.lifted", { title: titleOf(object, record, format) }));
      return true;
    }
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (side) {
      const over = Math.max(0, Math.min(steps.length - 1, lift.over + side));
      setLift({ record, over });
      setSaid(steps[over]?.label ?? "");
    } else if (key === " " || key === "Enter") drop(record, steps[lift.over] as Step);
    else if (key === "Escape") setLift(undefined);
    else return false;
    return true;
  };
  return (
    <>
      {within.choices.length > 1 && (
        <div className={styles.within}>
          <WithinSelect within={within} />
        </div>
      )}
      <div className={styles.board} tabIndex={0} role="region" aria-label={t("board.title")}>
        {steps.map((step, index) => {
          const total = totals?.groups.find((one) => keyId(one) === step.id);
          return (
            <BoardColumn
              key={step.id}
              object={object}
              state={state}
              asked={asked}
              field={field}
              step={step}
              steps={steps}
              count={total?.count ?? (totals ? 0 : undefined)}
              sum={state.view.sum ? (total?.[`sum:${state.view.sum}`] as Money | undefined) : undefined}
              moving={moving}
              editable={editable}
              lifted={lift}
              over={lift?.over === index}
              onLift={(record) => setLift(record && { record, over: -1 })}
              onOver={() => lift && lift.over !== index && setLift({ ...lift, over: index })}
              onDrop={drop}
              onKey={carry}
            />
          );
        })}
        <p id="board-keys" className="gx-hidden">
          {t("board.keys")}
        </p>
        <div className="gx-hidden" role="status">
          {said}
        </div>
        {dialog}
      </div>
    </>
  );
}
