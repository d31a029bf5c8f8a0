//! The day of the next contact at one click: tomorrow, in three days, next week, next month; any other by the picker.

import { useTranslation } from "react-i18next";
import { FieldInput } from "../fields/input";
import type { InputProps } from "../fields/kind";
import { useLabel } from "../text/label";
import styles from "./composer.module.css";

const choices = [
  ["tomorrow", 1],
  ["three_days", 3],
  ["week", 7],
  ["month", 30],
] as const;

/** The calendar day so many days from now where the person sits; weekends are passed over. */
export function dayAhead(days: number, now = new Date()): string {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  while (day.getDay() === 0 || day.getDay() === 6) day.setDate(day.getDate() + 1);
  return new Intl.DateTimeFormat("sv-SE").format(day);
}

export function NextDay(props: InputProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { field, value, onChange } = props;
  return (
    <div className={styles.next} role="group" aria-label={label(field.label)}>
      <FieldInput {...props} field={{ ...field, help: null }} />
      <div className={styles.days}>
        {choices.map(([name, days]) => {
          const day = dayAhead(days);
          return (
            <button
              key={name}
              type="button"
              className={styles.day}
              aria-pressed={value === day}
              title={day}
              onClick={() => onChange(value === day ? null : day)}
            >
              {t(`log.${name}`)}
            </button>
          );
        })}
      </div>
    </div>
  );
}
