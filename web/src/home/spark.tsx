//! A line that shows the course of a number, small enough to stand beside it.

import { monday, plus } from "../calendar/days";
import styles from "./home.module.css";

const width = 96;
const height = 26;

/** The Mondays of the last weeks, oldest first, this week's included. */
export function weeks(today: string, count: number): string[] {
  const last = monday(today);
  return Array.from({ length: count }, (_, index) => plus(last, (index - count + 1) * 7));
}

/** Points of the line in a box of that size, the highest value at the top. */
export function points(values: readonly number[], boxWidth: number, boxHeight: number): [number, number][] {
  const most = Math.max(...values, 1);
  const step = values.length > 1 ? boxWidth / (values.length - 1) : 0;
  return values.map((value, index) => [
    Math.round(index * step * 10) / 10,
    Math.round((boxHeight - (Math.max(0, value) / most) * boxHeight) * 10) / 10,
  ]);
}

export function Spark({ values, label }: { values: readonly number[]; label: string }) {
  const line = points(values, width - 4, height - 6);
  const last = line.at(-1) ?? [0, 0];
  const path = line.map(([x, y]) => `${x + 2},${y + 3}`).join(" ");
  return (
    <svg className={styles.spark} width={width} height={height} role="img" aria-label={label}>
      <polygon points={`2,${height} ${path} ${last[0] + 2},${height}`} />
      <polyline points={path} />
      <circle cx={last[0] + 2} cy={last[1] + 3} r={2.4} />
    </svg>
  );
}
