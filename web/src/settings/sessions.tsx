//! Where one is signed in, and signing out there.

import { Button } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, get } from "../api/client";
import type { OwnSession } from "../api/session";
import { formatAgo, useFormat } from "../text/format";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { deviceOf } from "./device";
import { Panel } from "./parts";
import styles from "./settings.module.css";

export function Sessions() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["me", "sessions"],
    queryFn: () => get<{ items: OwnSession[] }>("/me/sessions"),
  });
  const end = useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((id) => call("DELETE", `/me/sessions/${id}`))),
    onSettled: () => client.invalidateQueries({ queryKey: ["me", "sessions"] }),
    onError: sayProblem,
  });
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <Panel
      title={t("profile.sessions")}
      text={t("security.sessions_hint")}
      action={
        others.length > 1 && (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate(others.map(({ id }) => id))}
          >
            {t("security.end_all")}
          </Button>
        )
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <ul className={styles.rows}>
        {data?.items.map((session) => (
          <li key={session.id}>
            {/Mobile|iPhone|Android/.test(session.agent ?? "") ? (
              <IconDeviceMobile size={18} stroke={1.5} aria-hidden="true" />
            ) : (
              <IconDeviceLaptop size={18} stroke={1.5} aria-hidden="true" />
            )}
            <div>
              <strong>{deviceOf(session.agent)}</strong>
              <span className="gx-muted">
                {[session.address, session.seen_at && formatAgo(session.seen_at, format)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </div>
            {session.current ? (
              <Chip color="green">{t("profile.this_device")}</Chip>
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => end.mutate([session.id])}>
                {t("profile.end_session")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
