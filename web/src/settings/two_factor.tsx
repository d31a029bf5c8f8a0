//! Codes of an authenticator app: turned on with a picture to scan and a first code, turned off with the password.

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { beginCode, confirmCode, removeCode, type Security } from "../api/access";
import { fieldProblems, Problems } from "../form/problems";
import { Chip } from "../ui/chip";
import { CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { say } from "../ui/toast";
import { Panel, Prove } from "./parts";
import styles from "./settings.module.css";

export function TwoFactor({ security }: { security: Security }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const begin = useMutation({ mutationFn: beginCode, onSuccess: close });
  const remove = useMutation({
    mutationFn: removeCode,
    onSuccess: () => {
      close();
      say(t("security.code_removed"));
      void client.invalidateQueries({ queryKey: ["me", "security"] });
    },
  });
  const on = security.code;
  const act = on ? remove : begin;
  return (
    <Panel
      title={t("security.code")}
      text={on ? t("security.code_on", { left: security.recovery_left }) : t("security.code_hint")}
      action={
        <>
          <Chip color={on ? "green" : "gray"}>{t(on ? "security.on" : "security.off")}</Chip>
          <Button variant={on ? "default" : "filled"} onClick={() => setAsking(true)}>
            {t(on ? "security.code_remove" : "security.code_begin")}
          </Button>
        </>
      }
    >
      {asking && (
        <Prove
          title={t("security.code")}
          action={t(on ? "security.code_remove" : "security.next")}
          danger={on}
          busy={act.isPending}
          error={act.error}
          onClose={close}
          onProve={(password) => act.mutate(password)}
        />
      )}
      {begin.data && <Confirm begun={begin.data} onClose={() => begin.reset()} />}
    </Panel>
  );
}

function Confirm({ begun, onClose }: { begun: { secret: string; uri: string }; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const confirm = useMutation({
    mutationFn: () => confirmCode(code),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me", "security"] }),
  });
  const problem = fieldProblems(confirm.error).find(({ field }) => field === "code")?.message;
  if (confirm.data) return <Recovery codes={confirm.data.recovery} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} size={560} title={t("security.scan_title")}>
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate();
        }}
      >
        <div className={styles.twoColumns}>
          <QRCodeSVG className={styles.qr} value={begun.uri} size={168} title={t("security.scan_title")} />
          <div className={styles.stack}>
            <p>{t("security.scan")}</p>
            <div className={styles.secret}>
              <span data-secret>{begun.secret}</span>
              <CopyButton text={begun.secret} />
            </div>
            <Problems error={problem ? null : confirm.error} />
            <TextInput
              label={t("security.first_code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
              data-autofocus
              value={code}
              error={problem}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          </div>
        </div>
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t("security.turn_on")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The recovery codes, shown this once. */
function Recovery({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const text = codes.join("\n");
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "guanxi-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Dialog opened onClose={onClose} size={460} title={t("security.recovery_title")}>
      <div className={styles.stack}>
        <p>{t("security.recovery")}</p>
        <ul className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={styles.foot}>
          <CopyButton text={text} wide />
          <Button variant="default" onClick={save}>
            {t("export.download")}
          </Button>
          <span className={styles.grow} />
          <Button onClick={onClose}>{t("security.recovery_kept")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
