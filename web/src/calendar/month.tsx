//! A month of a calendar: a row for each week, the first few records of each day.

import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format";
import styles from "./calendar.module.css";
import type { Target } from "./carry";
import type { Event } from "./events";

/** Records a day shows before it says how many more. */
const shownMax = 4;

interface Props {
  days: string[];
  today: string;
  month: string;
  events: Event[];
  target?: Target;
  onDay: (day: string) => void;
  onAdd?: (day: string) => void;
  draw: (event: Event) => ReactNode;
}

export function Month({ days, today, month, events, target, onDay, onAdd, draw }: Props) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  return (
    <div className={styles.month} data-dragscroll="" style={{ ["--weeks" as string]: days.length / 7 }}>
      {days.slice(0, 7).map((day) => (
        <div key={day} className={styles.weekday} aria-hidden="true">
          {name.format(at(day))}
        </div>
      ))}
      {days.map((day) => {
        const here = events.filter((event) => event.day === day);
        return (
          <section
            key={day}
            className={styles.cell}
            data-day={day}
            data-other={!day.startsWith(month) || undefined}
            data-today={day === today || undefined}
            data-over={target?.day === day || undefined}
            aria-label={full.format(at(day))}
          >
            <div className={styles.cellHead}>
              <button
                type="button"
                className={styles.number}
                onClick={() => onDay(day)}
                aria-label={full.format(at(day))}
              >
                {Number(day.slice(8))}
              </button>
              {onAdd && (
                <button
                  type="button"
                  className={styles.add}
                  aria-label={t("calendar.add", { day: full.format(at(day)) })}
                  onClick={() => onAdd(day)}
                >
                  <IconPlus size={13} />
                </button>
              )}
            </div>
            {here.slice(0, shownMax).map(draw)}
            {here.length > shownMax && (
              <button type="button" className={styles.rest} onClick={() => onDay(day)}>
                {t("calendar.more", { count: here.length - shownMax })}
              </button>
            )}
          </section>
        );
      })}
    </div>
  );
}
