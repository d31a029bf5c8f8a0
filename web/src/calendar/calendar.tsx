//! Records on their days: month, week or day. Moved by dragging, from the keyboard, or by giving another day.

import { ActionIcon, Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { may } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import type { ListState } from "../list/state";
import { useFormat } from "../text/format";
import { toUtc, toWall } from "../text/zone";
import { Failed } from "../ui/state";
import styles from "./calendar.module.css";
import { useCarry } from "./carry";
import { daysOf, isDay, monday, plus, type Span, step } from "./days";
import { EventCard } from "./event";
import { type Event, isTimed, useEvents } from "./events";
import { Month } from "./month";
import { Week } from "./week";

interface Props {
  object: ObjectSchema;
  state: ListState;
  date: string;
}

export default function Calendar({ object, state, date }: Props) {
  const field = object.fields.find(({ name }) => name === date);
  return field ? <Shown object={object} state={state} field={field} /> : null;
}

function Shown({ object, state, field }: Omit<Props, "date"> & { field: ObjectSchema["fields"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const create = useCreate();
  const [params] = useSearchParams();
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const timed = isTimed(field);
  const today = toWall(new Date().toISOString(), format.timeZone).slice(0, 10);
  const wanted = params.get("date");
  const day = isDay(wanted) ? wanted : today;
  const given = params.get("span");
  const span: Span =
    given === "week" || given === "day" || given === "month" ? given : narrow ? "day" : "month";
  const days = daysOf(span, day);
  const { events, colour, query } = useEvents(object, state, field, days);
  const { target, said, drag, carry, drop } = useCarry(object, state, field, span, days);
  const add = (on: string, start = 9 * 60) => {
    if (!may(object, "create")) return;
    const time = `${String(Math.floor(start / 60)).padStart(2, "0")}:${String(start % 60).padStart(2, "0")}:00`;
    create(object, { [field.name]: timed ? toUtc(`${on} ${time}`, format.timeZone) : on }, () => {});
  };
  const shared = {
    days,
    today,
    target,
    onDay: (on: string) => state.set({ span: "day", date: on }),
    onAdd: may(object, "create") ? add : undefined,
    draw: (event: Event, tall?: boolean) => (
      <EventCard
        key={event.record.id}
        object={object}
        state={state}
        field={field}
        colour={colour}
        event={event}
        tall={tall}
        lifted={target?.event.record.id === event.record.id}
        drag={event.movable ? drag(event) : undefined}
        onKey={(key) => carry(event, key)}
        onMove={(on, start) => drop({ event, day: on, start })}
      />
    ),
  };
  return (
    <div className={styles.calendar}>
      <Head state={state} span={span} day={day} />
      {query.isError ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : span === "month" ? (
        <Month {...shared} month={day.slice(0, 7)} events={events} />
      ) : (
        <Week {...shared} timed={timed} events={events} />
      )}
      <p id="calendar-keys" className="gx-hidden">
        {t("calendar.keys")}
      </p>
      <div className="gx-hidden" role="status">
        {said}
      </div>
    </div>
  );
}

function Head({ state, span, day }: { state: ListState; span: Span; day: string }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  return (
    <div className={styles.head}>
      <Button variant="default" onClick={() => state.set({ date: null })}>
        {t("calendar.today")}
      </Button>
      <ActionIcon aria-label={t("calendar.back")} onClick={() => state.set({ date: step(span, day, -1) })}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t("calendar.on")} onClick={() => state.set({ date: step(span, day, 1) })}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <h2 aria-live="polite">{title(span, day, locale)}</h2>
      <span className={styles.grow} />
      <div className={styles.spans} role="group" aria-label={t("calendar.span")}>
        {(["month", "week", "day"] as Span[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === span}
            onClick={() => state.set({ span: one })}
          >
            {t(`calendar.${one}`)}
          </button>
        ))}
      </div>
    </div>
  );
}

function title(span: Span, day: string, locale: string): string {
  const at = (text: string) => new Date(`${text}T00:00:00Z`);
  if (span === "month")
    return new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(
      at(day),
    );
  if (span === "day")
    return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(at(day));
  const from = monday(day);
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  }).formatRange(at(from), at(plus(from, 6)));
}
