//! Ctrl/⌘ K: go somewhere, find a record, make one, switch theme or language. All by keyboard.

import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { type Entry, useEntries } from "./entries";
import styles from "./palette.module.css";

interface Props {
  onClose: () => void;
  onHelp: () => void;
}

export default function Palette({ onClose, onHelp }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [composing, setComposing] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // What is typed right after the shortcut is typed here.
  useLayoutEffect(() => input.current?.focus(), []);
  const entries = useEntries(text, composing, onHelp);
  const active = Math.min(at, entries.length - 1);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.act();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = (active + step + entries.length) % Math.max(entries.length, 1);
      setAt(next);
      list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") run(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      withCloseButton={false}
      size={600}
      padding={0}
      title={t("palette.title")}
      classNames={{ header: "gx-hidden" }}
      transitionProps={{ duration: 0 }}
    >
      <input
        className={styles.input}
        data-autofocus
        ref={input}
        role="combobox"
        aria-label={t("palette.title")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length ? `${id}-${active}` : undefined}
        placeholder={t("palette.placeholder")}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={press}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t("palette.title")}
        className={styles.list}
      >
        {entries.map((entry, index) => (
          <div key={entry.key}>
            {entry.group !== entries[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {entry.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus. */}
            <div
              id={`${id}-${index}`}
              data-index={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.entry}
              onMouseMove={() => setAt(index)}
              onClick={() => run(entry)}
            >
              <Icon name={entry.icon} />
              <span className="gx-ellipsis">{entry.text}</span>
              {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
            </div>
          </div>
        ))}
        {entries.length === 0 && <p className={styles.none}>{t("search.nothing")}</p>}
      </div>
    </Dialog>
  );
}
