//! Taking an invitation: choosing a password. The token is in the address one was given.

import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { invitationQuery, takeInvitation } from "../api/access";
import { entered } from "../api/session";
import { fieldProblems, Problems } from "../form/problems";
import { Loading, problemText } from "../ui/state";
import { useTitle } from "../ui/title";
import { Welcome } from "./frame";
import styles from "./welcome.module.css";

export default function InvitationPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const token = params.get("token") ?? "";
  const [password, setPassword] = useState("");
  const { data, error } = useQuery(invitationQuery(token));
  const take = useMutation({
    mutationFn: () => takeInvitation(token, password),
    onSuccess: (me) => {
      entered(client, me);
      navigate("/", { replace: true });
    },
  });
  useTitle(t("invitation.title"));
  if (error)
    return (
      <Welcome title={t("invitation.title")}>
        <p role="alert">{problemText(error, t)}</p>
        <Button component={Link} variant="default" to="/sign-in">
          {t("session.sign_in")}
        </Button>
      </Welcome>
    );
  if (!data) return <Loading />;
  const problem = fieldProblems(take.error).find(({ field }) => field === "password")?.message;
  return (
    <Welcome title={t("invitation.welcome", { name: data.name })}>
      <p className="gx-muted">{t("invitation.text", { company: data.company })}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate();
        }}
      >
        <Problems error={problem ? null : take.error} />
        <input type="hidden" name="email" autoComplete="username" value={data.email} readOnly />
        <p>
          <strong>{data.email}</strong>
        </p>
        <PasswordInput
          label={t("invitation.password")}
          description={t("setup.password_hint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          autoFocus
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={take.isPending}>
          {t("invitation.go")}
        </Button>
      </form>
    </Welcome>
  );
}
