//! A choice as a coloured chip, and its dot alone. Colour never stands alone: the text is always there.

import type { ReactNode } from "react";
import { tone } from "../theme/tone";
import styles from "./chip.module.css";

export function Chip({ color, children }: { color?: string | null; children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone(color)}>
      {children}
    </span>
  );
}

export function Dot({ color }: { color?: string | null }) {
  return <span className={styles.dot} data-tone={tone(color)} aria-hidden="true" />;
}
