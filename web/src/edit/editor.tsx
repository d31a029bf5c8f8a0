//! The input over a cell. Enter saves and goes down, Tab to the next, Escape leaves it; what is refused stays to be mended.

import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Value } from "../api/types";
import { FieldInput } from "../fields/input";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import styles from "./editor.module.css";
import { cellText, readCell } from "./read";

export type Way = "down" | "next" | "back" | "stay";

interface Props {
  field: Field;
  value: Value;
  /** What was typed on the cell and begins anew; without, one edits what is there. */
  typed?: string;
  /** Why the server refused what is in the cell. */
  error?: string;
  onDone: (value: Value, way: Way) => void;
  onLeave: () => void;
}

const written = new Set([
  "text",
  "auto_number",
  "email",
  "phone",
  "url",
  "long_text",
  "number",
  "decimal",
  "percent",
  "money",
  "duration",
]);
/** Kinds that are done once one is picked. */
const picked = new Set(["choice", "link", "person", "date", "yes_no"]);

export default function CellEditor(props: Props) {
  return written.has(props.field.kind) ? <TextEditor {...props} /> : <PickEditor {...props} />;
}

function wayOf(event: KeyboardEvent): Way | undefined {
  if (event.nativeEvent.isComposing || event.keyCode === 229) return undefined;
  if (event.key === "Tab") return event.shiftKey ? "back" : "next";
  if (event.key === "Enter" && !event.altKey && !event.shiftKey) return "down";
  return undefined;
}

function TextEditor({ field, value, typed, error, onDone, onLeave }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(
    () => typed ?? (typeof value === "string" ? value : cellText(field, value, format)),
  );
  const [unreadable, setUnreadable] = useState(false);
  const gone = useRef(false);
  useEffect(() => {
    const node = input.current;
    if (!node) return;
    node.focus();
    if (typed === undefined) node.select();
    else node.setSelectionRange(node.value.length, node.value.length);
  }, [typed]);
  const finish = (way: Way) => {
    if (gone.current) return;
    const read = readCell(field, text, format);
    if (read.kind !== "value") {
      setUnreadable(true);
      return;
    }
    gone.current = true;
    onDone(read.value, way);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      gone.current = true;
      onLeave();
    } else if (event.key === "Enter" && (event.altKey || event.shiftKey) && field.kind !== "long_text") {
      event.preventDefault();
    } else {
      const way = wayOf(event);
      if (!way) return;
      event.preventDefault();
      finish(way);
    }
  };
  const wrong = unreadable ? t("cells.unreadable_this") : error;
  return (
    <div className={styles.box} data-wrong={!!wrong || undefined}>
      <textarea
        ref={input}
        rows={field.kind === "long_text" ? 5 : 1}
        className={styles.text}
        aria-label={label(field.label)}
        aria-invalid={!!wrong}
        maxLength={field.max_chars}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setUnreadable(false);
        }}
        onKeyDown={press}
        onBlur={() => finish("stay")}
      />
      {wrong && (
        <span className={styles.wrong} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}

function PickEditor({ field, value, error, onDone, onLeave }: Props) {
  const [draft, setDraft] = useState<Value>(value ?? null);
  const box = useRef<HTMLDivElement>(null);
  const gone = useRef(false);
  const finish = (next: Value, way: Way) => {
    if (gone.current) return;
    gone.current = true;
    onDone(next, way);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      gone.current = true;
      onLeave();
    } else if (event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      finish(draft, event.shiftKey ? "back" : "next");
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.stopPropagation();
      finish(draft, "down");
    }
  };
  const blur = (event: FocusEvent) => {
    const to = event.relatedTarget as Element | null;
    if (box.current?.contains(to) || to?.closest("[data-portal]")) return;
    // A press in the list of offers takes the focus for a moment: whoever has it then, decides.
    setTimeout(() => {
      const now = document.activeElement;
      if (box.current?.contains(now) || now?.closest("[data-portal]")) return;
      finish(draft, "stay");
    }, 120);
  };
  return (
    <div
      ref={box}
      className={styles.box}
      data-pick="true"
      onKeyDownCapture={press}
      onKeyDown={(event) => event.stopPropagation()}
      onBlur={blur}
    >
      <FieldInput
        field={{ ...field, required: field.required ?? false }}
        value={draft}
        error={error}
        bare
        autoFocus
        open
        onChange={(next) => {
          setDraft(next);
          if (picked.has(field.kind)) finish(next, "stay");
        }}
      />
    </div>
  );
}
