//! One record on a board: title, a few values, whether it stands too long, and the menu that moves it without dragging.

import { IconClockExclamation, IconDots } from "@tabler/icons-react";
import type { DOMAttributes } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { Cell, valueAt } from "../fields/cell";
import { blank } from "../fields/kind";
import type { ListState } from "../list/state";
import { slotsOf } from "../objects";
import type { Step } from "../record/steps";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Dot } from "../ui/chip";
import { MenuButton } from "../ui/menu";
import styles from "./board.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  state: ListState;
  field: Field;
  step: Step;
  steps: Step[];
  editable: boolean;
  lifted: boolean;
  arrived: boolean;
  drag?: Pick<DOMAttributes<HTMLElement>, "onPointerDown" | "onDragStart">;
  onMove: (step: Step) => void;
  onKey: (key: string) => boolean;
}

/** Values a card shows. */
const valuesMax = 4;
const dayMs = 86_400_000;

/** Days a record stands at its step, where that is longer than the step allows. */
export function staleDays(
  object: ObjectSchema,
  record: CrmRecord,
  step: Step,
  now = Date.now(),
): number | undefined {
  const { stale } = slotsOf(object.name);
  const allowed = Number(stale && step.record?.[stale.days]);
  const since = stale && record[stale.since];
  if (!allowed || !since) return undefined;
  const days = Math.floor((now - Date.parse(since)) / dayMs);
  return days > allowed ? days : undefined;
}

export function BoardCard(props: Props) {
  const { object, record, state, field, step, steps, editable, lifted, arrived, drag, onMove, onKey } = props;
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const title = titleOf(object, record, format);
  const stale = staleDays(object, record, step);
  const values = state.columns
    .filter(({ path }) => path !== object.title_field && path !== field.name && !blank(valueAt(record, path)))
    .slice(0, valuesMax);
  return (
    <article
      className={styles.card}
      data-movable={editable || undefined}
      data-lifted={lifted || undefined}
      data-arrived={arrived || undefined}
      data-stale={stale ? "" : undefined}
      {...drag}
    >
      <div className={styles.cardHead}>
        <Link
          className={`gx-link ${styles.cardTitle}`}
          to={`/${object.plural}/${record.id}`}
          draggable={false}
          aria-describedby={editable ? "board-keys" : undefined}
          onKeyDown={(event) => {
            if (editable && !event.nativeEvent.isComposing && onKey(event.key)) event.preventDefault();
          }}
        >
          {title}
        </Link>
        {editable && (
          <MenuButton
            label={t("board.move_card", { title })}
            icon={<IconDots size={14} />}
            size={24}
            align="end"
            parts={() => [
              { key: "heading", heading: t("board.move_to") },
              ...steps.map((to) => ({
                key: to.id,
                text: to.label,
                icon: <Dot color={to.color} />,
                disabled: to.id === step.id,
                act: () => onMove(to),
              })),
            ]}
          />
        )}
      </div>
      <dl className={styles.values}>
        {values.map(({ path, field: shown }) => (
          <div key={path}>
            <dt className="gx-hidden">{label(shown.label)}</dt>
            <dd title={label(shown.label)}>
              <Cell field={shown} value={valueAt(record, path)} />
            </dd>
          </div>
        ))}
      </dl>
      {stale && (
        <p className={styles.stale}>
          <IconClockExclamation size={13} aria-hidden="true" />
          {t("board.stale", { count: stale })}
        </p>
      )}
    </article>
  );
}
