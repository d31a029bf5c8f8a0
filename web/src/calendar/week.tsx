//! A week or a day of a calendar: a column for each day; records with a time stand at their hour.

import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format";
import styles from "./calendar.module.css";
import type { Target } from "./carry";
import { sideBySide } from "./days";
import type { Event } from "./events";

/** Records side by side in a column of a week, and in that of a single day. */
const sideMax = { week: 3, day: 8 };

interface Props {
  days: string[];
  today: string;
  timed: boolean;
  events: Event[];
  target?: Target;
  onDay: (day: string) => void;
  onAdd?: (day: string, start?: number) => void;
  draw: (event: Event, tall?: boolean) => ReactNode;
}

/** Pixels of an hour, and the hour in sight at first. */
const hourPx = 46;
const firstHour = 8;

export function Week({ days, today, timed, events, target, onDay, onAdd, draw }: Props) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const name = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "numeric",
    timeZone: "UTC",
  });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  useLayoutEffect(() => {
    if (timed) scroller.current?.scrollTo({ top: firstHour * hourPx });
  }, [timed]);
  return (
    <div
      ref={scroller}
      className={styles.week}
      data-dragscroll=""
      data-timed={timed || undefined}
      style={{ ["--days" as string]: days.length, ["--hour" as string]: `${hourPx}px` }}
      tabIndex={0}
      role="region"
      aria-label={t("calendar.week")}
    >
      <div className={styles.corner} />
      {days.map((day) => (
        <button
          key={day}
          type="button"
          className={styles.weekHead}
          data-today={day === today || undefined}
          title={full.format(at(day))}
          onClick={() => onDay(day)}
        >
          {name.format(at(day))}
        </button>
      ))}
      {timed && (
        <div className={styles.hours} aria-hidden="true">
          {Array.from({ length: 24 }, (_, hour) => (
            <span key={hour}>{hour > 0 ? `${String(hour).padStart(2, "0")}:00` : ""}</span>
          ))}
        </div>
      )}
      {days.map((day) => {
        const here = events.filter((event) => event.day === day);
        return (
          <section
            key={day}
            className={styles.day}
            data-day={day}
            data-hours={timed || undefined}
            data-over={(target?.day === day && !timed) || undefined}
            aria-label={full.format(at(day))}
            onDoubleClick={(event) => {
              if (event.target !== event.currentTarget) return;
              const minutes = timed ? Math.floor(event.nativeEvent.offsetY / hourPx) * 60 : undefined;
              onAdd?.(day, minutes);
            }}
          >
            {timed ? (
              <Hours
                day={day}
                events={here}
                most={days.length > 1 ? sideMax.week : sideMax.day}
                draw={draw}
                onDay={onDay}
              />
            ) : (
              here.map((event) => draw(event, true))
            )}
            {timed && target?.day === day && target.start !== undefined && (
              <div
                className={styles.ghost}
                style={{
                  top: (target.start / 60) * hourPx,
                  height: (Math.max(30, target.event.minutes) / 60) * hourPx,
                }}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}

interface HoursProps extends Pick<Props, "events" | "draw" | "onDay"> {
  day: string;
  most: number;
}

/** Minutes an event takes at least, so that it can be read. */
const leastMinutes = 30;

/** The records of a day at their hours. */
function Hours({ day, events, most, draw, onDay }: HoursProps) {
  const { t } = useTranslation();
  const items = events.map((event) => ({
    item: event,
    start: event.start ?? 0,
    minutes: Math.max(event.minutes, leastMinutes),
  }));
  const { placed, rests } = sideBySide(items, most);
  return (
    <>
      {placed.map(({ item, start, minutes, column, columns }) => (
        <div
          key={item.record.id}
          className={styles.slot}
          style={{
            top: (start / 60) * hourPx,
            height: Math.max(24, (minutes / 60) * hourPx - 2),
            left: `${(column / columns) * 100}%`,
            width: `${100 / columns}%`,
          }}
        >
          {draw(item, true)}
        </div>
      ))}
      {rests.map(({ start, count }) => (
        <button
          key={start}
          type="button"
          className={styles.over}
          style={{ top: (start / 60) * hourPx }}
          onClick={() => onDay(day)}
        >
          {t("calendar.more", { count })}
        </button>
      ))}
    </>
  );
}
