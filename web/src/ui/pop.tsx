//! A small panel beside what opened it: places itself, takes the focus, and goes on Escape or a press elsewhere. Not modal.

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { createPortal } from "react-dom";
import styles from "./pop.module.css";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  role?: "dialog" | "menu";
  /** Which side of the anchor it lines up with. */
  align?: "start" | "end";
  width?: number;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  children: ReactNode;
}

const gapPx = 4;
const edgePx = 8;
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

export function Pop({
  anchor,
  label,
  role = "dialog",
  align = "start",
  width,
  onClose,
  onKeyDown,
  children,
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const node = box.current;
    const from = anchor.current;
    if (!node || !from) return;
    const place = () => {
      const at = from.getBoundingClientRect();
      const { offsetWidth, scrollHeight } = node;
      const left = align === "end" ? at.right - offsetWidth : at.left;
      const below = window.innerHeight - at.bottom - gapPx - edgePx;
      const above = at.top - gapPx - edgePx;
      const up = below < Math.min(scrollHeight, 240) && above > below;
      node.style.maxHeight = `${Math.max(120, up ? above : below)}px`;
      node.style.left = `${Math.max(edgePx, Math.min(left, window.innerWidth - offsetWidth - edgePx))}px`;
      node.style.top = up ? "auto" : `${at.bottom + gapPx}px`;
      node.style.bottom = up ? `${window.innerHeight - at.top + gapPx}px` : "auto";
    };
    place();
    const seen = new ResizeObserver(place);
    seen.observe(node);
    window.addEventListener("resize", place);
    return () => {
      seen.disconnect();
      window.removeEventListener("resize", place);
    };
  }, [anchor, align]);
  useEffect(() => {
    const before = anchor.current;
    const node = box.current;
    const first =
      node?.querySelector<HTMLElement>("[data-autofocus]") ?? node?.querySelector<HTMLElement>(focusable);
    (first ?? node)?.focus({ preventScroll: true });
    return () => {
      if (node?.contains(document.activeElement) || document.activeElement === document.body) before?.focus();
    };
  }, [anchor]);
  useEffect(() => {
    const press = (event: Event) => {
      const target = event.target as Element;
      // Pickers inside open in portals of their own; a press there is not elsewhere.
      if (!target.closest("[data-portal]") && !anchor.current?.contains(target)) onClose();
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  });
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    onKeyDown?.(event);
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Tab" && role === "dialog") keepInside(event);
  };
  return createPortal(
    <div data-portal="true">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is one of several, all of which take it. */}
      <div
        ref={box}
        role={role}
        aria-label={label}
        tabIndex={-1}
        className={styles.pop}
        data-role={role}
        style={{ width }}
        onKeyDown={press}
      >
        {children}
      </div>
    </div>,
    document.body,
  );
}

/** From the last thing Tab goes to the first, and back. */
function keepInside(event: KeyboardEvent<HTMLDivElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)].filter(
    (node) => node.offsetParent,
  );
  const [first, last] = event.shiftKey ? [all.at(-1), all[0]] : [all[0], all.at(-1)];
  if (document.activeElement !== last || !first) return;
  event.preventDefault();
  first.focus();
}
