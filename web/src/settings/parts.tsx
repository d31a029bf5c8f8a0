//! What all parts of the settings are made of: panels with a title, rows, and the password that proves who sits there.

import { Button, PasswordInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldProblems, Problems } from "../form/problems";
import { Dialog } from "../ui/dialog";
import styles from "./settings.module.css";

interface PanelProps {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

export function Panel({ title, text, action, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header>
        <div className={styles.panelText}>
          <h2>{title}</h2>
          {text && <p className="gx-muted">{text}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

interface ProveProps {
  title: string;
  action: string;
  busy: boolean;
  error: unknown;
  danger?: boolean;
  onClose: () => void;
  onProve: (password: string) => void;
}

/** Asks for the password before something about access changes. */
export function Prove({ title, action, busy, error, danger, onClose, onProve }: ProveProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const problem = fieldProblems(error).find(({ field }) => field === "password")?.message;
  return (
    <Dialog opened onClose={onClose} size={420} title={title}>
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          onProve(password);
        }}
      >
        <Problems error={problem ? null : error} />
        <PasswordInput
          label={t("profile.current")}
          description={t("security.prove")}
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} loading={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
