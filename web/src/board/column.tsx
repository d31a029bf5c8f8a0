//! One column of a board: heading with count and sum, its cards, and a place to drop.

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { recordsQuery } from "../api/records";
import type { CrmRecord, Field, Money, ObjectSchema } from "../api/types";
import { both, type Filter } from "../filters/filter";
import type { ListState } from "../list/state";
import type { Move } from "../record/move";
import type { Step } from "../record/steps";
import { formatMoneyShort, useFormat } from "../text/format";
import { Dot } from "../ui/chip";
import type { Lift } from "./board";
import styles from "./board.module.css";
import { BoardCard } from "./card";

interface Props {
  object: ObjectSchema;
  state: ListState;
  /** What the board asks for; the column adds its step. */
  asked: Filter | null;
  field: Field;
  step: Step;
  steps: Step[];
  count?: number;
  sum?: Money | string;
  moving?: Move;
  editable: boolean;
  lifted?: Lift;
  over: boolean;
  onLift: (record: CrmRecord | undefined) => void;
  onOver: () => void;
  onDrop: (record: CrmRecord, step: Step) => void;
  onKey: (record: CrmRecord, key: string) => boolean;
}

export function BoardColumn(props: Props) {
  const {
    object,
    state,
    asked,
    field,
    step,
    steps,
    count,
    sum,
    moving,
    editable,
    lifted,
    over,
    onLift,
    onOver,
    onDrop,
    onKey,
  } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const query = useInfiniteQuery(
    recordsQuery(object, {
      filter: both(asked, { field: field.name, op: "eq", value: step.id }),
      q: state.q,
      sort: state.sort,
      limit: 40,
    }),
  );
  const loaded = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const here = loaded.filter(({ id }) => id !== moving?.record.id || moving.step.id === step.id);
  const arriving = moving && moving.step.id === step.id && !here.some(({ id }) => id === moving.record.id);
  const cards = arriving ? [moving.record, ...here] : here;
  const amount = typeof sum === "string" ? { amount: sum, currency: format.currency } : sum;
  return (
    <section
      className={styles.column}
      data-over={over || undefined}
      aria-label={step.label}
      onDragOver={(event) => {
        if (!lifted) return;
        event.preventDefault();
        onOver();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (lifted) onDrop(lifted.record, step);
      }}
    >
      <header className={styles.columnHead}>
        <Dot color={step.color} />
        <h2 className="gx-ellipsis">{step.label}</h2>
        <span className={styles.count}>{count ?? ""}</span>
        <span className={styles.grow} />
        {amount && <span className={styles.sum}>{formatMoneyShort(amount, format)}</span>}
      </header>
      <div className={styles.cards}>
        {query.isPending && <Skeleton height={64} radius="md" />}
        {cards.map((record) => (
          <BoardCard
            key={record.id}
            object={object}
            record={record}
            state={state}
            field={field}
            step={step}
            steps={steps}
            editable={editable}
            lifted={lifted?.record.id === record.id}
            onLift={onLift}
            onMove={(to) => onDrop(record, to)}
            onKey={(key) => onKey(record, key)}
          />
        ))}
        {query.isSuccess && cards.length === 0 && <p className={styles.none}>{t("board.none")}</p>}
        {query.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t("board.more")}
          </Button>
        )}
      </div>
    </section>
  );
}
