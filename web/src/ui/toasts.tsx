//! The corner in which short messages are shown. They wait while pointed at or focused, and are read aloud.

import { Button, CloseButton } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { type Toast, toastStore } from "./toast";
import styles from "./toasts.module.css";

export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current);
  return (
    <div className={styles.corner} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function One({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const { id, stayMs, undo } = toast;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toastStore.hide(id), stayMs);
    return () => clearTimeout(timer);
  }, [held, id, stayMs]);
  return (
    <div
      className={styles.toast}
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className={styles.text}>
        {toast.title && <strong>{toast.title}</strong>}
        <span className={styles.message}>{toast.message}</span>
      </div>
      {undo && (
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            toastStore.hide(id);
            void undo();
          }}
        >
          {t("toast.undo")}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t("form.close")} onClick={() => toastStore.hide(id)} />
    </div>
  );
}
