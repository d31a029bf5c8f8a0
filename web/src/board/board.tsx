//! Records as cards in columns by a choice or a link, if wanted in a lane for each person. Moved by dragging, by a menu,
//! or by Space and arrows.

import { Button } from "@mantine/core";
import { IconLayoutRows } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { aggregateQuery } from "../api/records";
import { may, writable } from "../api/schema";
import type { CrmRecord, Field, Group, ObjectSchema, Ref } from "../api/types";
import { titleOf } from "../fields";
import { both } from "../filters/filter";
import type { ListState } from "../list/state";
import { slotsOf } from "../objects";
import { useMove } from "../record/move";
import { type Step, stepOf, useSteps } from "../record/steps";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { useDrag } from "../ui/drag";
import { Empty, Loading } from "../ui/state";
import styles from "./board.module.css";
import { BoardColumn } from "./column";
import { useFolded } from "./folded";
import { Lanes } from "./lanes";
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
  /** The lane it would be dropped in, where there are lanes. */
  lane?: string;
}

function keyId(group: Group): string | undefined {
  const [key] = group.key;
  return typeof key === "object" ? key?.id : key;
}

/** Moving cards, by pointer and from the keyboard; what is said of it aloud. */
function useCarry(object: ObjectSchema, field: Field | undefined, steps: Step[], person: Field | undefined) {
  const { t } = useTranslation();
  const format = useFormat();
  const { move, moving, dialog } = useMove(object, field);
  const [lift, setLift] = useState<Lift>();
  const [said, setSaid] = useState("");
  const drop = (record: CrmRecord, step: Step | undefined, lane?: string) => {
    setLift(undefined);
    if (!step || !field) return;
    const own = person && (record[person.name] as Ref | null)?.id;
    const more = person && lane && lane !== "none" && lane !== own ? { [person.name]: lane } : undefined;
    if (stepOf(record, field) === step.id && !more) return;
    setSaid(t("board.moved", { title: titleOf(object, record, format), step: step.label }));
    move({ record, step, more });
  };
  const under = (node: Element | null) => {
    const column = node?.closest<HTMLElement>("[data-step]");
    const over = steps.findIndex(({ id }) => id === column?.dataset.step);
    return { over, lane: node?.closest<HTMLElement>("[data-lane]")?.dataset.lane };
  };
  const drag = useDrag<CrmRecord>({
    onLift: (record) => setLift({ record, over: -1 }),
    onOver: (record, node) => {
      const at = under(node);
      setLift((old) => (old?.over === at.over && old.lane === at.lane ? old : { record, ...at }));
    },
    onDrop: (record, node) => {
      const { over, lane } = under(node);
      drop(record, node ? steps[over] : undefined, lane);
    },
  });
  const carry = (record: CrmRecord, key: string): boolean => {
    const at = field ? steps.findIndex(({ id }) => id === stepOf(record, field)) : -1;
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
    } else if (key === " " || key === "Enter") drop(record, steps[lift.over]);
    else if (key === "Escape") setLift(undefined);
    else return false;
    return true;
  };
  return { lift, said, drag, carry, drop, moving, dialog };
}

export default function Board({ object, state, group }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const [params] = useSearchParams();
  const within = useWithin(object, group);
  const { field, steps, pending } = useSteps(
    object,
    group,
    within.field && { [within.field.name]: within.chosen },
  );
  const asked = both(state.asked, within.filter);
  const person = object.fields.find(({ kind, read_only: fixed }) => kind === "person" && !fixed);
  const lanes = person && params.get("lanes") === person.name ? person : undefined;
  const carrying = useCarry(object, field, steps, lanes);
  const folded = useFolded(`${object.name}.${group}`);
  const { weighted } = slotsOf(object.name);
  const { sum } = state.view;
  const sums = [sum, sum && weighted].filter(Boolean).map((name) => `sum:${name}`);
  const { data: totals } = useQuery(
    aggregateQuery(object, group, ["count", ...sums].join(","), asked, state.q),
  );
  if (pending || within.pending) return <Loading />;
  if (!field || steps.length === 0) return <Empty title={t("board.no_steps")} />;
  const { lift, said, drag, carry, drop, moving, dialog } = carrying;
  const editable = may(object, "update") && writable(field);
  const column = (step: Step, index: number, lane?: string) => {
    const total = totals?.groups.find((one) => keyId(one) === step.id);
    const initial = {
      [field.name]: step.value,
      ...(within.field && within.chosen ? { [within.field.name]: within.chosen } : {}),
    };
    return (
      <BoardColumn
        key={step.id}
        object={object}
        state={state}
        asked={asked}
        field={field}
        step={step}
        steps={steps}
        lane={lanes && lane ? { field: lanes, id: lane } : undefined}
        bare={lane !== undefined}
        folded={folded.has(step.id)}
        onFold={() => folded.toggle(step.id)}
        initial={initial}
        total={totals ? (total ?? { key: [], count: 0 }) : undefined}
        sum={sum ?? undefined}
        weighted={sum ? weighted : undefined}
        moving={moving}
        editable={editable}
        lifted={lift}
        over={lift?.over === index && (lane === undefined || lift.lane === lane)}
        drag={drag}
        onMove={drop}
        onKey={carry}
      />
    );
  };
  return (
    <>
      {(within.choices.length > 1 || person) && (
        <div className={styles.within}>
          <WithinSelect within={within} />
          {person && (
            <Button
              variant={lanes ? "light" : "default"}
              aria-pressed={!!lanes}
              leftSection={<IconLayoutRows size={14} />}
              onClick={() => state.set({ lanes: lanes ? null : person.name })}
            >
              {t("board.lanes", { field: label(person.label) })}
            </Button>
          )}
        </div>
      )}
      <div
        className={styles.board}
        data-lanes={lanes ? "" : undefined}
        data-dragscroll=""
        tabIndex={0}
        role="region"
        aria-label={t("board.title")}
      >
        {lanes ? (
          <Lanes
            object={object}
            state={state}
            asked={asked}
            field={lanes}
            steps={steps}
            folded={folded}
            totals={totals?.groups}
            column={column}
          />
        ) : (
          steps.map((step, index) => column(step, index))
        )}
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
