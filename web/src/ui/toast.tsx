//! Short messages with, where it is possible, one undo: what is said. How it is shown is in toasts.tsx.

import i18next from "i18next";
import type { ReactNode } from "react";
import { problemText } from "./state";
import { rememberUndo, takeBack } from "./undo";

export interface Toast {
  id: number;
  tone: "good" | "bad";
  title?: string;
  message: ReactNode;
  /** Milliseconds it stays, unless pointed at. */
  stayMs: number;
  undo?: () => Promise<unknown>;
}

/** Messages shown at once; older ones make room. */
const toastsMax = 4;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function put(next: readonly Toast[]): void {
  toasts = next.slice(-toastsMax);
  for (const listener of listeners) listener();
}

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: () => toasts,
  hide: (id: number) => put(toasts.filter((toast) => toast.id !== id)),
};

function show(toast: Omit<Toast, "id">): void {
  lastId += 1;
  put([...toasts, { ...toast, id: lastId }]);
}

export function say(message: string): void {
  show({ tone: "good", message, stayMs: 4000 });
}

export function sayWithUndo(message: string, undo: () => Promise<unknown>): void {
  const remembered = rememberUndo(undo);
  show({ tone: "good", message, stayMs: 10_000, undo: () => takeBack(remembered) });
}

/** A message with links to what was made. */
export function sayLinks(title: string, links: ReactNode): void {
  show({ tone: "good", title, message: links, stayMs: 10_000 });
}

export function sayProblem(error: unknown): void {
  const { errors = [], detail = "" } = error as { errors?: { message: string }[]; detail?: string };
  const message = errors.length > 0 ? errors.map((one) => one.message).join(" ") : detail;
  show({ tone: "bad", title: problemText(error, i18next.t), message, stayMs: 8000 });
}
