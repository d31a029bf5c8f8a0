//! A board with a lane for each person: the same columns, one below the other.

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { aggregateQuery } from "../api/records";
import type { Field, Group, Money, ObjectSchema, Ref } from "../api/types";
import type { Filter } from "../filters/filter";
import type { ListState } from "../list/state";
import type { Step } from "../record/steps";
import { formatCount, formatMoneyShort, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { Loading } from "../ui/state";
import styles from "./board.module.css";
import { ColumnHead } from "./column";
import type { Folded } from "./folded";

/** Lanes shown. */
const lanesMax = 30;

interface Props {
  object: ObjectSchema;
  state: ListState;
  asked: Filter | null;
  field: Field;
  steps: Step[];
  folded: Folded;
  totals: Group[] | undefined;
  column: (step: Step, index: number, lane: string) => ReactNode;
}

export function Lanes({ object, state, asked, field, steps, folded, totals, column }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sum } = state.view;
  const measure = sum ? `count,sum:${sum}` : "count";
  const { data } = useQuery(aggregateQuery(object, field.name, measure, asked, state.q));
  if (!data) return <Loading />;
  const lanes = [...data.groups].sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).slice(0, lanesMax);
  const widths = steps.map(({ id }) => (folded.has(id) ? "40px" : "minmax(220px, 1fr)")).join(" ");
  return (
    <div className={styles.lanes} style={{ ["--steps" as string]: widths }}>
      <div className={styles.laneHeads}>
        {steps.map((step) => {
          const total = totals?.find(
            ({ key: [key] }) => (typeof key === "object" ? key?.id : key) === step.id,
          );
          return (
            <ColumnHead
              key={step.id}
              step={step}
              total={total ?? { key: [], count: 0 }}
              sum={sum ?? undefined}
              folded={folded.has(step.id)}
              onFold={() => folded.toggle(step.id)}
            />
          );
        })}
      </div>
      {lanes.map((lane) => {
        const person = lane.key[0] as Ref | null;
        const id = person?.id ?? "none";
        const value = sum ? (lane[`sum:${sum}`] as Money | null) : null;
        const name = person?.title ?? t("list.no_value");
        return (
          <section key={id} className={styles.lane} data-lane={id} aria-label={name}>
            <h2>
              <Avatar name={name} size={20} />
              {name}
              <span className="gx-muted">{formatCount(lane.count ?? 0, true, format)}</span>
              {value && <span className="gx-muted">{formatMoneyShort(value, format)}</span>}
            </h2>
            <div className={styles.laneColumns}>{steps.map((step, index) => column(step, index, id))}</div>
          </section>
        );
      })}
    </div>
  );
}
