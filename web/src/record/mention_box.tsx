//! A text in which people are mentioned: "@" and some letters offer them, and the text keeps `@[name](user:id)`.

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fewQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { useFormat } from "../text/format";
import { asked, shown, withMention } from "../text/mentions";
import { Avatar } from "../ui/avatar";
import styles from "./composer.module.css";

/** People offered at once. */
const offeredMax = 6;

interface Box {
  ref: (node: HTMLTextAreaElement | null) => void;
  value: string;
  onChange: (event: ChangeEvent<HTMLTextAreaElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
}

interface Props {
  value: string;
  onChange: (text: string) => void;
  children: (box: Box) => ReactNode;
}

export function MentionBox({ value, onChange, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = objectNamed(useSchema(), "user") as ObjectSchema;
  const node = useRef<HTMLTextAreaElement | null>(null);
  const [words, setWords] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [settled] = useDebouncedValue(words, 120);
  const { data } = useQuery({
    ...fewQuery(people, {
      q: settled ?? "",
      limit: offeredMax,
      filter: { field: "active", op: "eq", value: true },
    }),
    enabled: words !== null && !!people,
  });
  const found = words === null ? [] : (data?.items ?? []);
  const { text, mentions } = shown(value);
  const pick = (index: number) => {
    const person = found[index];
    const caret = node.current?.selectionStart ?? text.length;
    if (!person) return;
    onChange(withMention(value, caret, titleOf(people, person, format), person.id));
    setWords(null);
    node.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || found.length === 0) return;
    if (event.key === "ArrowDown") setAt((at + 1) % found.length);
    else if (event.key === "ArrowUp") setAt((at + found.length - 1) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(at);
    else if (event.key === "Escape") setWords(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.mention}>
      {children({
        ref: (area) => {
          node.current = area;
        },
        value: text,
        onChange: ({ currentTarget }) => {
          onChange(
            mentions.reduce((next, one) => next.replace(`@${one.name}`, one.kept), currentTarget.value),
          );
          setWords(asked(currentTarget.value.slice(0, currentTarget.selectionStart)));
          setAt(0);
        },
        onKeyDown: press,
        onBlur: () => setTimeout(() => setWords(null), 150),
      })}
      {found.length > 0 && (
        <div className={styles.people} role="listbox" aria-label={t("log.people")}>
          {found.map((person, index) => {
            const name = titleOf(people, person, format);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the keys.
              <div
                key={person.id}
                role="option"
                aria-selected={index === at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(index)}
              >
                <Avatar name={name} size={18} />
                {name}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
