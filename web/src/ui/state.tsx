//! The states a screen has besides full: empty, loading, failed. Each says what can be done next.

import { Button, Loader } from "@mantine/core";
import { IconAlertTriangle, IconMoodEmpty } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import styles from "./state.module.css";

interface EmptyProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** It is all there is on the page, so its title is the page's. */
  page?: boolean;
}

export function Empty({ title, children, icon, page }: EmptyProps) {
  return (
    <div className={styles.state}>
      <div className={styles.icon}>{icon ?? <IconMoodEmpty size={28} stroke={1.4} />}</div>
      {page ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="status">
      <Loader size="sm" type="dots" />
      <span className="gx-hidden">{t("state.loading")}</span>
    </div>
  );
}

/** What went wrong in words, and the way on: try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : undefined;
  return (
    <div className={styles.state} role="alert">
      <div className={styles.icon}>
        <IconAlertTriangle size={28} stroke={1.4} />
      </div>
      <p className={styles.title}>{problemText(error, t)}</p>
      {problem?.detail && <p className="gx-muted">{problem.detail}</p>}
      {problem?.requestId && <p className="gx-muted">{t("state.request", { id: problem.requestId })}</p>}
      {retry && (
        <Button variant="default" onClick={retry}>
          {t("state.retry")}
        </Button>
      )}
    </div>
  );
}

/** The title of a problem in the language shown; the server sends its own. */
export function problemText(error: unknown, t: (key: string) => string): string {
  if (error instanceof Problem && error.code === "offline") return t("problem.offline");
  if (error instanceof Problem && error.message) return error.message;
  return t("problem.unexpected");
}
