//! What an administrator can do about one user.

import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconDeviceMobileOff,
  IconDots,
  IconEye,
  IconLink,
  IconUserCheck,
  IconUserOff,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { invite, resetSecondFactor } from "../api/access";
import { post } from "../api/client";
import { changed, updateRecord } from "../api/records";
import { seeAs } from "../api/see_as";
import { useMe } from "../api/session";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { Problems } from "../form/problems";
import { Dialog } from "../ui/dialog";
import { say, sayProblem } from "../ui/toast";
import { LinkDialog } from "./invite";
import styles from "./settings.module.css";

interface Props {
  users: ObjectSchema;
  user: CrmRecord;
}

export function UserMenu({ users, user }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const link = useMutation({ mutationFn: () => invite(user.id), onError: sayProblem });
  const reset = useMutation({
    mutationFn: () => resetSecondFactor(user.id),
    onSuccess: () => say(t("users.reset_done", { name: user.name })),
    onError: sayProblem,
  });
  const see = useMutation({
    mutationFn: () => post<{ token: string }>("/me/see_as", { user: user.id }),
    onSuccess: ({ token }) => seeAs(token),
    onError: sayProblem,
  });
  const active = useMutation({
    mutationFn: (on: boolean) => updateRecord(users, user.id, user.version, { active: on }),
    onSuccess: (_saved, on) => {
      setLeaving(false);
      void changed(client, users.name);
      say(t(on ? "users.activated" : "users.deactivated", { name: user.name }));
    },
  });
  const isMe = me.user.id === user.id;
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label={t("users.more", { name: user.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {user.active && (
            <>
              <Menu.Item leftSection={<IconLink size={14} />} onClick={() => link.mutate()}>
                {t("users.new_link")}
              </Menu.Item>
              {!isMe && (
                <Menu.Item leftSection={<IconEye size={14} />} onClick={() => see.mutate()}>
                  {t("users.see_as")}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconDeviceMobileOff size={14} />} onClick={() => reset.mutate()}>
                {t("users.reset")}
              </Menu.Item>
            </>
          )}
          {user.active && !isMe && <Menu.Divider />}
          {user.active && !isMe && (
            <Menu.Item color="red" leftSection={<IconUserOff size={14} />} onClick={() => setLeaving(true)}>
              {t("users.deactivate")}
            </Menu.Item>
          )}
          {!user.active && (
            <Menu.Item leftSection={<IconUserCheck size={14} />} onClick={() => active.mutate(true)}>
              {t("users.activate")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {link.data && <LinkDialog user={user} link={link.data} onClose={() => link.reset()} />}
      <Dialog
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={t("users.deactivate_title", { name: user.name })}
      >
        <div className={styles.stack}>
          <Problems error={active.error} object={users} />
          <p>{t("users.deactivate_text")}</p>
          <div className={styles.foot}>
            <span className={styles.grow} />
            <Button variant="default" onClick={() => setLeaving(false)}>
              {t("form.cancel")}
            </Button>
            <Button color="red" loading={active.isPending} onClick={() => active.mutate(false)}>
              {t("users.deactivate")}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
