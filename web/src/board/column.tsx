//! One column of a board: heading with count and sums, its cards, and a place to drop.

import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { IconChevronsLeft, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type DOMAttributes, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { recordsQuery } from "../api/records";
import { may } from "../api/schema";
import type { CrmRecord, Field, Group, Money, ObjectSchema, Ref, Value } from "../api/types";
import { both, type Filter } from "../filters/filter";
import { useCreate } from "../form/create";
import type { ListState } from "../list/state";
import type { Move } from "../record/move";
import type { Step } from "../record/steps";
import { formatCount, formatMoney, formatMoneyShort, useFormat } from "../text/format";
import { Dot } from "../ui/chip";
import type { Lift } from "./board";
import styles from "./board.module.css";
import { BoardCard } from "./card";

type Dragged = Pick<DOMAttributes<HTMLElement>, "onPointerDown" | "onDragStart">;

interface Props {
  object: ObjectSchema;
  state: ListState;
  /** What the board asks for; the column adds its step. */
  asked: Filter | null;
  field: Field;
  step: Step;
  steps: Step[];
  /** Only the cards of this person. */
  lane?: { field: Field; id: string };
  /** Without a heading of its own. */
  bare: boolean;
  folded: boolean;
  onFold: () => void;
  /** What a new record of this column starts with. */
  initial: Record<string, Value>;
  total?: Group;
  sum?: string;
  weighted?: string;
  moving?: Move;
  editable: boolean;
  lifted?: Lift;
  over: boolean;
  drag: (record: CrmRecord) => Dragged;
  onMove: (record: CrmRecord, step: Step) => void;
  onKey: (record: CrmRecord, key: string) => boolean;
}

/** Cards fetched at once; with lanes a column is shared by all of them. */
const pageCards = 40;
const lanesCards = 200;

export function BoardColumn(props: Props) {
  const { object, state, asked, field, step, steps, lane, bare, folded, onFold, initial } = props;
  const { moving, editable, lifted, over, drag, onMove, onKey } = props;
  const { t } = useTranslation();
  const create = useCreate();
  const query = useInfiniteQuery({
    ...recordsQuery(object, {
      filter: both(asked, { field: field.name, op: "eq", value: step.id }),
      q: state.q,
      sort: state.sort,
      limit: lane ? lanesCards : pageCards,
    }),
    enabled: !folded,
  });
  const laneOf = (record: CrmRecord, more?: Record<string, Value>): string =>
    lane ? (more?.[lane.field.name] ?? (record[lane.field.name] as Ref | null)?.id ?? "none") : "";
  const isHere = (record: CrmRecord, more?: Record<string, Value>) =>
    laneOf(record, more) === (lane?.id ?? "");
  const loaded = (query.data?.pages.flatMap(({ items }) => items) ?? []).filter((record) => isHere(record));
  // A card on its way is shown where it goes, before the server has said yes.
  const comes = moving && moving.step.id === step.id && isHere(moving.record, moving.more);
  const others = loaded.filter(({ id }) => id !== moving?.record.id);
  const cards = moving && comes ? [moving.record, ...others] : moving ? others : loaded;
  const arrived = useArrived(query.isSuccess ? loaded : undefined);
  return (
    <section
      className={styles.column}
      data-step={step.id}
      data-over={over || undefined}
      data-folded={folded || undefined}
      aria-label={step.label}
    >
      {!bare && (
        <ColumnHead
          step={step}
          total={props.total}
          sum={props.sum}
          weighted={props.weighted}
          folded={folded}
          onFold={onFold}
          onAdd={may(object, "create") ? () => create(object, initial, () => {}) : undefined}
        />
      )}
      {!folded && (
        <div className={styles.cards} data-dragscroll="">
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
              arrived={arrived.has(record.id)}
              drag={editable ? drag(record) : undefined}
              onMove={(to) => onMove(record, to)}
              onKey={(key) => onKey(record, key)}
            />
          ))}
          {query.isSuccess && cards.length === 0 && !bare && <p className={styles.none}>{t("board.none")}</p>}
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
      )}
    </section>
  );
}

const none: ReadonlySet<string> = new Set();

/** Cards that came since the column was first shown, whoever moved them: they are marked for a moment. */
function useArrived(records: CrmRecord[] | undefined): ReadonlySet<string> {
  const known = useRef<ReadonlySet<string>>(undefined);
  const ids = records?.map(({ id }) => id);
  const key = ids?.join();
  const before = known.current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the ids.
  useEffect(() => {
    if (ids) known.current = new Set([...(known.current ?? []), ...ids]);
  }, [key]);
  if (!ids || !before) return none;
  return new Set(ids.filter((id) => !before.has(id)));
}

interface HeadProps {
  step: Step;
  total?: Group;
  sum?: string;
  weighted?: string;
  folded: boolean;
  onFold: () => void;
  onAdd?: () => void;
}

export function ColumnHead({ step, total, sum, weighted, folded, onFold, onAdd }: HeadProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (name: string | undefined): Money | undefined => {
    const value: Value = name && total?.[`sum:${name}`];
    if (!value) return undefined;
    return typeof value === "string" ? { amount: value, currency: format.currency } : value;
  };
  const whole = amount(sum);
  const likely = amount(weighted);
  const words = [
    whole && `${t("total.sum")}: ${formatMoney(whole, format)}`,
    likely && `${t("board.weighted")}: ${formatMoney(likely, format)}`,
  ];
  if (folded) {
    return (
      <button
        type="button"
        className={styles.foldedHead}
        aria-expanded="false"
        onClick={onFold}
        title={t("board.unfold", { step: step.label })}
      >
        <Dot color={step.color} />
        <span>{step.label}</span>
        <span className={styles.count}>{total?.count ?? ""}</span>
      </button>
    );
  }
  return (
    <header className={styles.columnHead}>
      <div className={styles.columnTitle}>
        <Dot color={step.color} />
        <h2 className="gx-ellipsis">{step.label}</h2>
        <span className={styles.count}>{total ? formatCount(total.count ?? 0, true, format) : ""}</span>
        <span className={styles.grow} />
        {onAdd && (
          <ActionIcon
            size={24}
            aria-label={t("board.add", { step: step.label })}
            title={t("board.add", { step: step.label })}
            onClick={onAdd}
          >
            <IconPlus size={14} />
          </ActionIcon>
        )}
        <ActionIcon
          size={24}
          className={styles.fold}
          aria-expanded="true"
          aria-label={t("board.fold", { step: step.label })}
          title={t("board.fold", { step: step.label })}
          onClick={onFold}
        >
          <IconChevronsLeft size={14} />
        </ActionIcon>
      </div>
      {whole && (
        <p className={styles.sum} title={words.filter(Boolean).join("\n")}>
          {formatMoneyShort(whole, format)}
          {likely && <span> · {t("board.likely", { amount: formatMoneyShort(likely, format) })}</span>}
        </p>
      )}
    </header>
  );
}
