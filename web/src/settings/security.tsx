//! What protects one's account: password, second factor, passkeys, and where one is signed in.

import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { securityQuery } from "../api/access";
import { post } from "../api/client";
import { fieldProblems, Problems } from "../form/problems";
import { Failed, Loading } from "../ui/state";
import { say } from "../ui/toast";
import { Panel } from "./parts";
import { Passkeys } from "./passkeys";
import { Sessions } from "./sessions";
import styles from "./settings.module.css";
import { TwoFactor } from "./two_factor";

export default function SecurityPart() {
  const { data, error, refetch } = useQuery(securityQuery);
  return (
    <div className={styles.stack}>
      <Password />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <TwoFactor security={data} />}
      {data && <Passkeys passkeys={data.passkeys} />}
      <Sessions />
    </div>
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
    <Panel title={t("profile.password")} text={t("security.password_hint")}>
      <form
        className={styles.inner}
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
