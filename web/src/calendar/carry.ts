//! Moving an event of a calendar: by dragging, or lifted with Space and carried by the arrows.

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, ObjectSchema } from "../api/types";
import type { ListState } from "../list/state";
import { useFormat } from "../text/format";
import { useDrag } from "../ui/drag";
import { plus, type Span } from "./days";
import { type Event, isTimed, useMoveEvent } from "./events";

/** Where a dragged or lifted event would go. */
export interface Target {
  event: Event;
  day: string;
  start?: number;
}

/** Minutes an event moves by at a time. */
const stepMinutes = 15;

const withinDay = (minutes: number): number => Math.max(0, Math.min(1440 - stepMinutes, minutes));

function targetAt(event: Event, under: Element | null, y: number): Target | undefined {
  const cell = under?.closest<HTMLElement>("[data-day]");
  if (!cell?.dataset.day) return undefined;
  const hours = under?.closest<HTMLElement>("[data-hours]");
  if (!hours || event.start === undefined) return { event, day: cell.dataset.day };
  const box = hours.getBoundingClientRect();
  const minutes = Math.round((((y - box.top) / box.height) * 1440) / stepMinutes) * stepMinutes;
  return { event, day: cell.dataset.day, start: withinDay(minutes) };
}

export function useCarry(object: ObjectSchema, state: ListState, field: Field, span: Span, days: string[]) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const move = useMoveEvent(object, field);
  const [target, setTarget] = useState<Target>();
  const [said, setSaid] = useState("");
  const drop = (to: Target | undefined) => {
    setTarget(undefined);
    if (to) move.mutate(to);
  };
  const home = (event: Event): Target => ({ event, day: event.day, start: event.start });
  const drag = useDrag<Event>({
    onLift: (event) => setTarget(home(event)),
    onOver: (event, under, { y }) => setTarget(targetAt(event, under, y) ?? home(event)),
    onDrop: (event, under, { y }) => drop(under ? targetAt(event, under, y) : undefined),
  });
  const words = (on: string, start?: number) =>
    new Intl.DateTimeFormat(locale, {
      weekday: "long",
      month: "long",
      day: "numeric",
      timeZone: "UTC",
      ...(start === undefined ? {} : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    }).format(new Date(Date.parse(`${on}T00:00:00Z`) + (start ?? 0) * 60_000));
  const carry = (event: Event, key: string): boolean => {
    const lifted = target?.event.record.id === event.record.id ? target : undefined;
    if (!lifted) {
      if (key !== " " || !event.movable) return false;
      setTarget(home(event));
      setSaid(t("calendar.lifted", { title: event.title }));
      return true;
    }
    const byMinutes = span !== "month" && isTimed(field);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: byMinutes ? 0 : -7, ArrowDown: byMinutes ? 0 : 7 }[
      key
    ];
    if (by !== undefined) {
      const later = key === "ArrowDown" ? stepMinutes : key === "ArrowUp" ? -stepMinutes : 0;
      const start = byMinutes ? withinDay((lifted.start ?? 0) + later) : lifted.start;
      const day = plus(lifted.day, by);
      setTarget({ event, day, start });
      setSaid(words(day, start));
      if (!days.includes(day)) state.set({ date: day });
    } else if (key === " " || key === "Enter") drop(lifted);
    else if (key === "Escape") setTarget(undefined);
    else return false;
    return true;
  };
  return { target, said, drag, carry, drop };
}
