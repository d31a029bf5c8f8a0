//! One record in a calendar. Pressing it shows what it is and offers another day; dragging or Space moves it.

import { Button } from "@mantine/core";
import { type DOMAttributes, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field, ObjectSchema } from "../api/types";
import { Cell, valueAt } from "../fields/cell";
import { optionOf } from "../fields/choice";
import { blank } from "../fields/kind";
import type { ListState } from "../list/state";
import { useLabel } from "../text/label";
import { tone } from "../theme/tone";
import { Pop } from "../ui/pop";
import styles from "./calendar.module.css";
import type { Event } from "./events";

interface Props {
  object: ObjectSchema;
  state: ListState;
  field: Field;
  colour: Field | undefined;
  event: Event;
  tall?: boolean;
  lifted: boolean;
  drag?: Pick<DOMAttributes<HTMLElement>, "onPointerDown" | "onDragStart">;
  onKey: (key: string) => boolean;
  onMove: (day: string, start?: number) => void;
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function EventCard(props: Props) {
  const { object, state, field, colour, event, tall, lifted, drag, onKey, onMove } = props;
  const [opened, setOpened] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const option = colour && optionOf(colour, event.record[colour.name]);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={styles.event}
        data-tone={tone(option?.color)}
        data-lifted={lifted || undefined}
        data-tall={tall || undefined}
        aria-describedby={event.movable ? "calendar-keys" : undefined}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
        onKeyDown={(press) => {
          if (press.nativeEvent.isComposing || !onKey(press.key)) return;
          press.preventDefault();
          press.stopPropagation();
        }}
        {...drag}
      >
        {event.start !== undefined && <time className={styles.time}>{clock(event.start)}</time>}
        <span className="gx-ellipsis">{event.title}</span>
      </button>
      {opened && (
        <Pop anchor={anchor} label={event.title} width={300} onClose={() => setOpened(false)}>
          <Details
            object={object}
            state={state}
            field={field}
            event={event}
            onMove={onMove}
            onClose={() => setOpened(false)}
          />
        </Pop>
      )}
    </>
  );
}

interface DetailsProps extends Pick<Props, "object" | "state" | "field" | "event" | "onMove"> {
  onClose: () => void;
}

/** Values shown of an event. */
const valuesMax = 6;

function Details({ object, state, field, event, onMove, onClose }: DetailsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [day, setDay] = useState(event.day);
  const [time, setTime] = useState(event.start === undefined ? "" : clock(event.start));
  const values = [{ path: field.name, field }, ...state.columns]
    .filter(
      ({ path }, index, all) =>
        path !== object.title_field && all.findIndex((one) => one.path === path) === index,
    )
    .filter(({ path }) => !blank(valueAt(event.record, path)))
    .slice(0, valuesMax);
  return (
    <div className={styles.details}>
      <Link className={`gx-link ${styles.detailsTitle}`} to={`/${object.plural}/${event.record.id}`}>
        {event.title}
      </Link>
      <dl>
        {values.map(({ path, field: one }) => (
          <div key={path}>
            <dt>{label(one.label)}</dt>
            <dd>
              <Cell field={one} value={valueAt(event.record, path)} roomy />
            </dd>
          </div>
        ))}
      </dl>
      {event.movable && (
        <form
          className={styles.moveTo}
          onSubmit={(submit) => {
            submit.preventDefault();
            const [hour = 0, minute = 0] = time.split(":").map(Number);
            onClose();
            if (day) onMove(day, event.start === undefined ? undefined : hour * 60 + minute);
          }}
        >
          <input
            type="date"
            aria-label={t("calendar.move_to")}
            value={day}
            onChange={({ currentTarget }) => setDay(currentTarget.value)}
          />
          {event.start !== undefined && (
            <input
              type="time"
              aria-label={t("calendar.time")}
              value={time}
              onChange={({ currentTarget }) => setTime(currentTarget.value)}
            />
          )}
          <Button type="submit" variant="default">
            {t("board.move")}
          </Button>
        </form>
      )}
    </div>
  );
}
