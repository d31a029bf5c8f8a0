//! My account: language and time zone, and the look of this device.

import { SegmentedControl, Select, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api/client";
import { useMe } from "../api/session";
import type { Locale, Me } from "../api/types";
import { locales, showLocale } from "../i18n";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { say, sayProblem } from "../ui/toast";
import { ZoneSelect } from "../ui/zone";
import { Panel } from "./parts";
import styles from "./settings.module.css";

export default function Profile() {
  const { t } = useTranslation();
  const { user } = useMe();
  return (
    <div className={styles.stack}>
      <section className={styles.panel} aria-label={user.name}>
        <header>
          <Avatar name={user.name} size={44} />
          <div className={styles.panelText}>
            <h2>{user.name}</h2>
            <p className="gx-muted">{[user.email, user.department?.title].filter(Boolean).join(" · ")}</p>
          </div>
          <span className={styles.chips}>
            {user.roles.map((role) => (
              <Chip key={role.id}>{role.title}</Chip>
            ))}
          </span>
        </header>
      </section>
      <Preferences />
      <Panel title={t("profile.look")} text={t("profile.look_hint")} action={<Look />} />
    </div>
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
      <div className={`${styles.inner} ${styles.grid}`}>
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

function Look() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("profile.look")}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
      data={(["auto", "light", "dark"] as const).map((value) => ({
        value,
        label: t(`palette.theme_${value}`),
      }))}
    />
  );
}
