//! API keys: how other programs act for me. The key itself is shown once.

import { Alert, Button, Select, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../api/client";
import { changed, updateRecord } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { fieldProblems, Problems } from "../form/problems";
import { formatAgo, formatDate, useFormat } from "../text/format";
import { Chip } from "../ui/chip";
import { CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Failed, Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { allQuery } from "./all";
import { Panel } from "./parts";
import styles from "./settings.module.css";

export default function ApiKeys() {
  const keys = objectNamed(useSchema(), "api_key");
  return keys ? <Keys keys={keys} /> : null;
}

function Keys({ keys }: { keys: ObjectSchema }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const [making, setMaking] = useState(false);
  const filter = { field: "owner", op: "eq", value: user.id };
  const { data, error, refetch } = useQuery(allQuery(keys, filter, "-created_at"));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <Panel
      title={t("settings.api_keys")}
      text={t("keys.text")}
      action={may(keys, "create") && <Button onClick={() => setMaking(true)}>{t("keys.make")}</Button>}
    >
      {!data && <Loading />}
      {data?.length === 0 && <p className={styles.inner}>{t("keys.none")}</p>}
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((key) => (
            <Key key={key.id} keys={keys} one={key} />
          ))}
        </ul>
      )}
      {making && <Make keys={keys} onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function Key({ keys, one }: { keys: ObjectSchema; one: CrmRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => updateRecord(keys, one.id, one.version, { revoked: true }),
    onSuccess: () => changed(client, keys.name),
    onError: sayProblem,
  });
  const facts = [
    `gx_live_${one.prefix}_…`,
    one.scopes || t("keys.everything"),
    one.expires_at && t("keys.until", { day: formatDate(String(one.expires_at).slice(0, 10), format) }),
    one.last_used_at && t("keys.used", { when: formatAgo(one.last_used_at, format) }),
  ];
  return (
    <li>
      <IconKey size={18} stroke={1.5} aria-hidden="true" />
      <div>
        <strong>{one.name}</strong>
        <span className="gx-muted">{facts.filter(Boolean).join(" · ")}</span>
      </div>
      {one.revoked ? (
        <Chip color="gray">{t("keys.revoked")}</Chip>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`${t("keys.revoke")}: ${one.name}`}
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          {t("keys.revoke")}
        </Button>
      )}
    </li>
  );
}

const lives = [30, 90, 365, 0];

function Make({ keys, onClose }: { keys: ObjectSchema; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState("*:read");
  const [days, setDays] = useState(90);
  const make = useMutation({
    mutationFn: () => {
      const until = days ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
      return post<{ key: string }>("/api_keys", { name, scopes: scope || null, expires_at: until });
    },
    onSuccess: () => changed(client, keys.name),
  });
  const problems = fieldProblems(make.error);
  return (
    <Dialog opened onClose={onClose} size={480} title={t("keys.make")}>
      {make.data ? (
        <div className={styles.stack}>
          <Alert variant="light" color="yellow">
            {t("keys.once")}
          </Alert>
          <div className={styles.secret}>
            <span data-secret>{make.data.key}</span>
            <span className={styles.grow} />
            <CopyButton text={make.data.key} />
          </div>
          <div className={styles.foot}>
            <span className={styles.grow} />
            <Button onClick={onClose}>{t("keys.kept")}</Button>
          </div>
        </div>
      ) : (
        <form
          noValidate
          className={styles.stack}
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <Problems error={problems.some(({ field }) => field === "name") ? null : make.error} />
          <TextInput
            label={t("keys.name")}
            description={t("keys.name_hint")}
            data-autofocus
            value={name}
            error={problems.find(({ field }) => field === "name")?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t("keys.scope")}
            allowDeselect={false}
            value={scope}
            onChange={(value) => setScope(value ?? "")}
            data={[
              { value: "*:read", label: t("keys.read") },
              { value: "", label: t("keys.everything") },
            ]}
          />
          <Select
            label={t("keys.life")}
            allowDeselect={false}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            data={lives.map((life) => ({
              value: String(life),
              label: life ? t("keys.days", { count: life }) : t("keys.forever"),
            }))}
          />
          <div className={styles.foot}>
            <span className={styles.grow} />
            <Button variant="default" onClick={onClose}>
              {t("form.cancel")}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t("keys.make")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
