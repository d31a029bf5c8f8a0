//! Signing in. Paste and password managers work; what was refused is said in words.

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { meQuery, setupQuery, signIn } from "../api/session";
import { Problems } from "../form/problems";
import { useTitle } from "../ui/title";
import { Welcome } from "./frame";
import styles from "./welcome.module.css";

/** Only a path of this site may be gone on to. */
export function safeNext(next: string | null): string {
  return next?.startsWith("/") && !/^\/[/\\]/.test(next) ? next : "/";
}

export default function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [params] = useSearchParams();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { data: me } = useQuery(meQuery);
  const { data: setup } = useQuery({ ...setupQuery, enabled: me === null });
  const enter = useMutation({ mutationFn: () => signIn(client, email.trim(), password) });
  useTitle(t("session.sign_in"));
  if (me) return <Navigate to={safeNext(params.get("next"))} replace />;
  if (setup?.needed) return <Navigate to="/setup" replace />;
  return (
    <Welcome title={t("session.sign_in")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <Problems error={enter.error} />
        <TextInput
          label={t("session.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={enter.isPending}>
          {t("session.sign_in")}
        </Button>
      </form>
    </Welcome>
  );
}
