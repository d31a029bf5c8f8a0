//! Setting up a workspace and its first administrator, once. The token is in the address the server printed.

import { Button, PasswordInput, Radio, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { meQuery, type SetupInput, setUp, setupQuery } from "../api/session";
import type { Locale } from "../api/types";
import { fieldProblems, Problems } from "../form/problems";
import { locales, showLocale } from "../i18n";
import { CurrencySelect } from "../ui/currency";
import { Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { ZoneSelect } from "../ui/zone";
import { Welcome } from "./frame";
import styles from "./welcome.module.css";

type Input = Omit<SetupInput, "locale">;

export default function SetupPage() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [params] = useSearchParams();
  const { data: me } = useQuery(meQuery);
  const { data: setup } = useQuery(setupQuery);
  const [input, setInput] = useState<Input>({
    company: "",
    currency: "CNY",
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "Asia/Shanghai",
    name: "",
    email: "",
    password: "",
    token: params.get("token") ?? "",
    sample: false,
  });
  const save = useMutation({
    mutationFn: () => setUp(client, { ...input, locale: i18n.language as Locale }),
  });
  useTitle(t("setup.title"));
  if (me) return <Navigate to="/" replace />;
  if (!setup) return <Loading />;
  if (!setup.needed) return <Navigate to="/sign-in" replace />;
  const problems = fieldProblems(save.error);
  const text = (name: Exclude<keyof Input, "sample">) => ({
    label: t(`setup.${name}`),
    name,
    required: true,
    withAsterisk: false,
    value: input[name],
    error: problems.find(({ field }) => field === name)?.message,
    onChange: (event: { currentTarget: { value: string } }) =>
      setInput({ ...input, [name]: event.currentTarget.value }),
  });
  return (
    <Welcome title={t("setup.title")}>
      <p className="gx-muted">{t("setup.text")}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Problems error={problems.length === 0 ? save.error : null} />
        <p className={styles.part}>{t("setup.firm")}</p>
        <TextInput {...text("company")} autoFocus autoComplete="organization" />
        <div className={styles.pair}>
          <Select
            label={t("shell.language")}
            data={locales}
            value={i18n.language}
            onChange={(locale) => locale && void showLocale(locale as Locale)}
          />
          <CurrencySelect value={input.currency} onChange={(currency) => setInput({ ...input, currency })} />
        </div>
        <ZoneSelect value={input.time_zone} onChange={(time_zone) => setInput({ ...input, time_zone })} />
        <p className={styles.part}>{t("setup.you")}</p>
        <TextInput {...text("name")} autoComplete="name" />
        <TextInput {...text("email")} type="email" autoComplete="username" />
        <PasswordInput
          {...text("password")}
          autoComplete="new-password"
          description={t("setup.password_hint")}
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
        />
        <p className={styles.part}>{t("setup.begin_with")}</p>
        <Radio.Group
          aria-label={t("setup.begin_with")}
          value={input.sample ? "sample" : "own"}
          onChange={(value) => setInput({ ...input, sample: value === "sample" })}
        >
          <Radio value="own" label={t("setup.own")} description={t("setup.own_text")} />
          <Radio value="sample" mt={8} label={t("setup.sample")} description={t("setup.sample_text")} />
        </Radio.Group>
        {!params.get("token") && (
          <TextInput {...text("token")} description={t("setup.token_hint")} autoComplete="off" />
        )}
        <Button type="submit" size="sm" loading={save.isPending}>
          {t("setup.go")}
        </Button>
      </form>
    </Welcome>
  );
}
