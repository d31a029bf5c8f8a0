//! My own account: language, time zone, password, and where I am signed in.

import "../theme/forms.css";
import { Button, PasswordInput, Select } from "@mantine/core";
import { IconDeviceLaptop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, get, post } from "../api/client";
import { type OwnSession, useMe } from "../api/session";
import type { Locale, Me } from "../api/types";
import { fieldProblems, Problems } from "../form/problems";
import { locales, showLocale } from "../i18n";
import { formatAgo, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { say, sayProblem } from "../ui/toast";
import { ZoneSelect } from "../ui/zone";
import styles from "./profile.module.css";

export default function ProfilePage() {
  const { t } = useTranslation();
  const { user } = useMe();
  useTitle(t("profile.title"));
  return (
    <section className={styles.page}>
      <header className={styles.head}>
        <Avatar name={user.name} size={44} />
        <div>
          <h1>{user.name}</h1>
          <p className="gx-muted">{[user.email, user.department?.title].filter(Boolean).join(" · ")}</p>
        </div>
        <span className={styles.roles}>
          {user.roles.map((role) => (
            <Chip key={role.id}>{role.title}</Chip>
          ))}
        </span>
      </header>
      <Preferences />
      <Password />
      <Sessions />
    </section>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Preferences() {
  const { t, i18n } = useTranslation();
  const { user, workspace } = useMe();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: { locale?: Locale; time_zone?: string }) => call("PATCH", "/me", { body }),
    onSuccess: (_answer, body) => {
      client.setQueryData<Me | null>(["me"], (me) => me && { ...me, user: { ...me.user, ...body } });
      say(t("profile.saved"));
    },
    onError: sayProblem,
  });
  return (
    <Panel title={t("profile.preferences")}>
      <div className={styles.grid}>
        <Select
          label={t("shell.language")}
          data={locales}
          value={i18n.language}
          onChange={(locale) => {
            if (!locale) return;
            void showLocale(locale as Locale);
            save.mutate({ locale: locale as Locale });
          }}
        />
        <ZoneSelect
          value={user.time_zone || workspace.time_zone}
          onChange={(time_zone) => save.mutate({ time_zone })}
        />
      </div>
    </Panel>
  );
}

function Password() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const save = useMutation({
    mutationFn: () => post("/me/password", { current, new: next }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      say(t("profile.password_saved"));
    },
  });
  const problems = fieldProblems(save.error);
  const of = (name: string) => problems.find(({ field }) => field === name)?.message;
  const show = { "aria-label": t("session.show_password") };
  return (
    <Panel title={t("profile.password")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Problems error={problems.length === 0 ? save.error : null} />
        <div className={styles.grid}>
          <PasswordInput
            label={t("profile.current")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={show}
            value={current}
            error={of("current")}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("profile.new")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={show}
            value={next}
            error={of("new")}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" mt="md" loading={save.isPending}>
          {t("profile.change_password")}
        </Button>
      </form>
    </Panel>
  );
}

/** `Chrome · Windows` of a user agent; the whole where it is unknown. */
export function deviceOf(agent: string | null | undefined): string {
  const text = agent ?? "";
  const browser = /Edg\//.test(text)
    ? "Edge"
    : /MicroMessenger/.test(text)
      ? "WeChat"
      : (/(Firefox|Chrome|Safari)\//.exec(text)?.[1] ?? text.slice(0, 40));
  const system = /(Windows|iPhone|iPad|Android|Mac OS|Linux)/.exec(text)?.[1];
  return [browser, system].filter(Boolean).join(" · ") || "—";
}

function Sessions() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["me", "sessions"],
    queryFn: () => get<{ items: OwnSession[] }>("/me/sessions"),
  });
  const end = useMutation({
    mutationFn: (id: string) => call("DELETE", `/me/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me", "sessions"] }),
    onError: sayProblem,
  });
  return (
    <Panel title={t("profile.sessions")}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <ul className={styles.sessions}>
        {data?.items.map((session) => (
          <li key={session.id}>
            <IconDeviceLaptop size={18} stroke={1.5} aria-hidden="true" />
            <span>
              <strong>{deviceOf(session.agent)}</strong>
              <span className="gx-muted">
                {[session.address, session.seen_at && formatAgo(session.seen_at, format)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {session.current ? (
              <Chip color="green">{t("profile.this_device")}</Chip>
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => end.mutate(session.id)}>
                {t("profile.end_session")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
