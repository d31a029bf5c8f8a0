//! Signing in: with password and, where there is one, a code; or with a passkey. Paste and password managers work.

import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { IconFingerprint, IconLogin2 } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { Problem } from "../api/client";
import {
  elsewhereAddress,
  elsewhereQuery,
  meQuery,
  setupQuery,
  signIn,
  signInWithPasskey,
} from "../api/session";
import { Problems } from "../form/problems";
import { canPasskey } from "../settings/device";
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
  const { data: elsewhere } = useQuery({ ...elsewhereQuery, enabled: me === null });
  const [code, setCode] = useState("");
  const enter = useMutation({ mutationFn: () => signIn(client, email.trim(), password, code.trim()) });
  const passkey = useMutation({ mutationFn: () => signInWithPasskey(client) });
  const asked = enter.error instanceof Problem ? enter.error.code : "";
  // Once asked for, the code stays asked for: the next try has a new one.
  const [twoSteps, setTwoSteps] = useState(false);
  if (asked === "code_required" && !twoSteps) setTwoSteps(true);
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
        {params.get("problem") === "elsewhere" && !enter.error && !passkey.error && (
          <Alert color="red" variant="light" role="alert" title={t("session.elsewhere_failed")}>
            {t("session.elsewhere_hint")}
          </Alert>
        )}
        <Problems error={asked === "code_required" ? null : (enter.error ?? passkey.error)} />
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
        {twoSteps && (
          <TextInput
            label={t("session.code")}
            description={t("session.code_hint")}
            name="code"
            inputMode="text"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Button type="submit" size="sm" loading={enter.isPending}>
          {t("session.sign_in")}
        </Button>
        {canPasskey() && !twoSteps && (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFingerprint size={16} />}
            loading={passkey.isPending}
            onClick={() => passkey.mutate()}
          >
            {t("session.passkey")}
          </Button>
        )}
        {elsewhere?.name && (
          <Button
            component="a"
            href={elsewhereAddress(safeNext(params.get("next")))}
            variant="default"
            size="sm"
            leftSection={<IconLogin2 size={16} />}
          >
            {t("session.elsewhere", { name: elsewhere.name })}
          </Button>
        )}
      </form>
    </Welcome>
  );
}
