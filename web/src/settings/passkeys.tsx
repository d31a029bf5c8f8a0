//! Passkeys: added with the device's own dialog, named, removed.

import { Button, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addPasskey, beginPasskey, type Ceremony, type Passkey, removePasskey } from "../api/access";
import { Problems } from "../form/problems";
import { formatAgo, useFormat } from "../text/format";
import { Dialog } from "../ui/dialog";
import { say, sayProblem } from "../ui/toast";
import { canPasskey, createPasskey, deviceOf } from "./device";
import { Panel, Prove } from "./parts";
import styles from "./settings.module.css";

export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ["me", "security"] });
  const begin = useMutation({ mutationFn: beginPasskey, onSuccess: () => setAsking(false) });
  const remove = useMutation({ mutationFn: removePasskey, onSuccess: refresh, onError: sayProblem });
  return (
    <Panel
      title={t("security.passkeys")}
      text={t(canPasskey() ? "security.passkeys_hint" : "security.passkeys_none")}
      action={
        canPasskey() && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("security.passkey_add")}
          </Button>
        )
      }
    >
      {passkeys.length > 0 && (
        <ul className={styles.rows}>
          {passkeys.map((key) => (
            <li key={key.id}>
              <IconFingerprint size={18} stroke={1.5} aria-hidden="true" />
              <div>
                <strong>{key.name || t("security.passkey")}</strong>
                <span className="gx-muted">
                  {key.used_at
                    ? t("security.passkey_used", { when: formatAgo(key.used_at, format) })
                    : t("security.passkey_unused")}
                </span>
              </div>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("security.passkey_remove", { name: key.name })}
                onClick={() => remove.mutate(key.id)}
              >
                {t("security.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <Prove
          title={t("security.passkey_add")}
          action={t("security.next")}
          busy={begin.isPending}
          error={begin.error}
          onClose={() => setAsking(false)}
          onProve={(password) => begin.mutate(password)}
        />
      )}
      {begin.data && (
        <Create
          begun={begin.data}
          onClose={() => begin.reset()}
          onDone={() => {
            begin.reset();
            say(t("security.passkey_added"));
            void refresh();
          }}
        />
      )}
    </Panel>
  );
}

interface CreateProps {
  begun: Ceremony;
  onClose: () => void;
  onDone: () => void;
}

function Create({ begun, onClose, onDone }: CreateProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(() => deviceOf(navigator.userAgent));
  const create = useMutation({
    mutationFn: async () => addPasskey(begun.ticket, await createPasskey(begun), name),
    onSuccess: onDone,
  });
  return (
    <Dialog opened onClose={onClose} size={420} title={t("security.passkey_add")}>
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Problems error={create.error} />
        <TextInput
          label={t("security.passkey_name")}
          description={t("security.passkey_name_hint")}
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("security.passkey_create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
