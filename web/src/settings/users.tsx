//! The people who work with the system: invited, given roles, deactivated, helped back in, looked over the shoulder.

import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema, Ref } from "../api/types";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { allQuery } from "./all";
import { InviteDialog } from "./invite";
import styles from "./settings.module.css";
import { UserMenu } from "./user_menu";

export default function Users() {
  const users = objectNamed(useSchema(), "user");
  return users ? <People users={users} /> : null;
}

function matches(user: CrmRecord, words: string): boolean {
  const text = [user.name, user.email, user.job_title, user.department?.title].join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function People({ users }: { users: ObjectSchema }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [all, setAll] = useState(false);
  const [inviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(allQuery(users, null, "name"));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  const shown = (data ?? []).filter((user) => (all || user.active) && matches(user, words));
  return (
    <div className={styles.stack}>
      <div className={styles.tools}>
        <TextInput
          aria-label={t("users.search")}
          placeholder={t("users.search")}
          leftSection={<IconSearch size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          mb={7}
          label={t("users.all")}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        <span className={styles.grow} />
        <Button leftSection={<IconPlus size={14} />} onClick={() => setInviting(true)}>
          {t("users.invite")}
        </Button>
      </div>
      {!data && <Loading />}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("settings.users")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("users.who")}</th>
              <th scope="col">{t("users.department")}</th>
              <th scope="col">{t("users.roles")}</th>
              <th scope="col">{t("users.state")}</th>
              <th scope="col">
                <span className="gx-hidden">{t("list.more")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((user) => (
              <Row key={user.id} users={users} user={user} />
            ))}
          </tbody>
        </table>
      </div>
      {inviting && <InviteDialog users={users} onClose={() => setInviting(false)} />}
    </div>
  );
}

function Row({ users, user }: { users: ObjectSchema; user: CrmRecord }) {
  const { t } = useTranslation();
  const roles = (user.roles ?? []) as Ref[];
  return (
    <tr data-off={!user.active || undefined}>
      <th scope="row">
        <span className={styles.who}>
          <Avatar name={user.name} size={28} />
          <span>
            <Link className="gx-link" to={`/${users.plural}/${user.id}`}>
              <strong>{user.name}</strong>
            </Link>
            <span className="gx-muted">{[user.job_title, user.email].filter(Boolean).join(" · ")}</span>
          </span>
        </span>
      </th>
      <td>{user.department?.title}</td>
      <td>
        <span className={styles.chips}>
          {roles.map((role) => (
            <Chip key={role.id}>{role.title}</Chip>
          ))}
        </span>
      </td>
      <td>
        <Chip color={user.active ? "green" : "gray"}>
          {t(user.active ? "users.active" : "users.inactive")}
        </Chip>
      </td>
      <td>
        <UserMenu users={users} user={user} />
      </td>
    </tr>
  );
}
