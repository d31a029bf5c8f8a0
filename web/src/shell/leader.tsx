//! After "g" or "c": which letters lead where. A press of the letter, or of the entry, goes there.

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./shell.module.css";

export interface LeaderEntry {
  letter: string;
  icon?: ReactNode;
  text: string;
  act: () => void;
}

interface Props {
  title: string;
  entries: LeaderEntry[];
  onClose: () => void;
}

export function Leader({ title, entries, onClose }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.querySelector("button")?.focus();
    return () => {
      if (document.activeElement === document.body) before?.focus();
    };
  }, []);
  const run = (entry: LeaderEntry) => {
    onClose();
    entry.act();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const entry = entries.find(({ letter }) => letter === event.key.toLowerCase());
    const buttons = [...(box.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (entry) run(entry);
    else if (step) buttons.at((at + step) % buttons.length)?.focus();
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same. */}
      <div className={styles.leaderBack} onClick={onClose} />
      <div ref={box} className={styles.leader} role="dialog" aria-label={title} onKeyDown={press}>
        <h2>{title}</h2>
        <div>
          {entries.map((entry) => (
            <button key={entry.letter} type="button" onClick={() => run(entry)}>
              {entry.icon}
              <span className="gx-ellipsis">{entry.text}</span>
              <kbd aria-label={t("shell.letter", { letter: entry.letter.toUpperCase() })}>
                {entry.letter.toUpperCase()}
              </kbd>
            </button>
          ))}
        </div>
      </div>
    </>
  );
}
