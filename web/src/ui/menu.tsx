//! A button that opens a menu, by mouse or keyboard. Light, because the frame of every page has several.

import { ActionIcon, Button, type ButtonVariant } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Link } from "react-router";
import { Pop } from "./pop";
import styles from "./pop.module.css";

export interface MenuEntry {
  key: string;
  text: ReactNode;
  icon?: ReactNode;
  hint?: ReactNode;
  /** Given: it is one of several that can be on, and says whether it is. */
  checked?: boolean;
  /** Only one of the checked ones can be on. */
  radio?: boolean;
  disabled?: boolean;
  danger?: boolean;
  /** Stays open, as for switching columns on and off. */
  stays?: boolean;
  lang?: string;
  to?: string;
  act?: () => void;
}

/** A line between entries, or words over them. */
export type MenuPart = MenuEntry | { key: string; divider: true } | { key: string; heading: string };

interface ListProps {
  parts: MenuPart[];
  onClose: () => void;
}

function Entries({ parts, onClose }: ListProps) {
  // Where one has a picture, the words of all line up behind it.
  const pictured = parts.some((part) => "text" in part && (part.icon || part.checked !== undefined));
  return parts.map((part) => {
    if ("divider" in part) return <hr key={part.key} className={styles.divider} />;
    if ("heading" in part) {
      return (
        <div key={part.key} className={styles.heading} role="presentation">
          {part.heading}
        </div>
      );
    }
    const { checked, radio, to, act, stays, danger } = part;
    const shared = {
      className: styles.item,
      role: checked === undefined ? "menuitem" : radio ? "menuitemradio" : "menuitemcheckbox",
      "aria-checked": checked,
      "data-danger": danger || undefined,
      lang: part.lang,
      tabIndex: -1,
      onClick: () => {
        if (!stays) onClose();
        act?.();
      },
      children: (
        <>
          {pictured && (
            <span className={styles.icon}>{part.icon ?? (checked && <IconCheck size={14} />)}</span>
          )}
          <span className={styles.text}>{part.text}</span>
          {part.hint && <span className={styles.hint}>{part.hint}</span>}
          {part.icon && checked && <IconCheck size={14} aria-hidden="true" />}
        </>
      ),
    };
    return to ? (
      <Link key={part.key} to={to} {...shared} />
    ) : (
      <button key={part.key} type="button" disabled={part.disabled} {...shared} />
    );
  });
}

/** Up, down, Home, End, and the first letter go through a menu's entries. */
function move(event: KeyboardEvent<HTMLDivElement>, onClose: () => void): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]:not(:disabled)")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) all.at(to % all.length)?.focus();
  else if (event.key === "Tab") onClose();
  else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
    const starts = (node: HTMLElement) =>
      node.innerText.trim().toLowerCase().startsWith(event.key.toLowerCase());
    const found = [...all.slice(at + 1), ...all.slice(0, at + 1)].find(starts);
    if (!found) return;
    found.focus();
  } else return;
  event.preventDefault();
}

interface MenuProps {
  label: string;
  parts: MenuPart[] | (() => MenuPart[]);
  align?: "start" | "end";
  width?: number;
  /** An icon alone, with the label for screen readers and as a tooltip; otherwise a button with words. */
  icon?: ReactNode;
  children?: ReactNode;
  variant?: ButtonVariant;
  className?: string;
  size?: number;
  color?: string;
  before?: ReactNode;
}

export function MenuButton(props: MenuProps) {
  const { label, parts, align, width, icon, children, variant, className, size, color, before } = props;
  const [opened, setOpened] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = () => setOpened(false);
  const shared = {
    ref: anchor,
    "aria-haspopup": "menu" as const,
    "aria-expanded": opened,
    className,
    color,
    variant,
    onClick: () => setOpened(!opened),
  };
  return (
    <>
      {icon ? (
        <ActionIcon {...shared} size={size} aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      ) : (
        <Button {...shared} aria-label={typeof children === "string" ? undefined : label}>
          {children}
        </Button>
      )}
      {opened && (
        <Pop
          anchor={anchor}
          label={label}
          role="menu"
          align={align}
          width={width}
          onClose={close}
          onKeyDown={(event) => move(event, close)}
        >
          {before}
          <Entries parts={typeof parts === "function" ? parts() : parts} onClose={close} />
        </Pop>
      )}
    </>
  );
}
