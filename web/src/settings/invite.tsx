//! Inviting somebody: who they are and what they may do, then the link to hand them.

import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { invite } from "../api/access";
import { prefix } from "../api/client";
import { changed, createRecord } from "../api/records";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { FieldInput } from "../fields/input";
import { defaults, toCreate, useMyself, type Values } from "../form/draft";
import { fieldProblems, Problems } from "../form/problems";
import { formatInstant, useFormat } from "../text/format";
import { CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import styles from "./settings.module.css";

const asked = ["name", "email", "department", "manager", "roles"];

export function InviteDialog({ users, onClose }: { users: ObjectSchema; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const myself = useMyself();
  const key = useRef(crypto.randomUUID());
  const fields = asked.flatMap((name) => users.fields.find((field) => field.name === name) ?? []);
  const [values, setValues] = useState<Values>(() => defaults(users.fields, myself));
  const send = useMutation({
    mutationFn: async () => {
      const user = await createRecord(users, toCreate(users.fields, values), key.current);
      return { user, link: await invite(user.id) };
    },
    onError: () => {
      key.current = crypto.randomUUID();
    },
    onSuccess: () => changed(client, users.name),
  });
  const problems = fieldProblems(send.error);
  if (send.data) return <LinkDialog user={send.data.user} link={send.data.link} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} size={480} title={t("users.invite")}>
      <form
        noValidate
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Problems error={send.error} object={users} />
        {fields.map((field, index) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
            error={problems.find((one) => one.field === field.name)?.message}
            autoFocus={index === 0}
          />
        ))}
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" loading={send.isPending}>
            {t("users.make_link")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface LinkProps {
  user: CrmRecord;
  link: { token: string; expires_at: string };
  onClose: () => void;
}

/** The link, to be handed over by mail or chat: whoever has it chooses the password. */
export function LinkDialog({ user, link, onClose }: LinkProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const address = `${window.location.origin}${prefix}/invitation?token=${link.token}`;
  return (
    <Dialog opened onClose={onClose} size={520} title={t("users.link_title", { name: user.name })}>
      <div className={styles.stack}>
        <p>{t("users.link_text", { name: user.name, when: formatInstant(link.expires_at, format) })}</p>
        <div className={styles.secret}>
          <span data-secret>{address}</span>
          <span className={styles.grow} />
          <CopyButton text={address} />
        </div>
        <Alert variant="light" color="yellow">
          {t("users.link_secret")}
        </Alert>
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button onClick={onClose}>{t("users.link_done")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
