//! Short messages with, where it is possible, one undo. Long work has its own screens.

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import type { ReactNode } from "react";
import { problemText } from "./state";

/** Milliseconds a message with an undo stays. */
const undoMs = 10_000;

export function say(message: string): void {
  notifications.show({ message, autoClose: 4000, color: "jade" });
}

export function sayWithUndo(message: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    autoClose: undoMs,
    color: "jade",
    message: (
      <span style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}>
        {message}
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo().then(
              () => say(i18next.t("toast.undone")),
              (error) => sayProblem(error),
            );
          }}
        >
          {i18next.t("toast.undo")}
        </Button>
      </span>
    ),
  });
}

export function sayProblem(error: unknown): void {
  const title = problemText(error, i18next.t);
  const errors = (error as { errors?: { message: string }[] }).errors ?? [];
  const detail = (error as { detail?: string }).detail;
  notifications.show({
    title,
    message: errors.length > 0 ? errors.map(({ message }) => message).join(" ") : detail || "",
    color: "red",
    autoClose: 8000,
  });
}

/** A message with links to what was made. */
export function sayLinks(title: string, links: ReactNode): void {
  notifications.show({ title, message: <span style={{ display: "grid", gap: 4 }}>{links}</span>, autoClose: undoMs, color: "jade" });
}
