//! The audit log: every change of every record, by whom and why, field by field.

import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type AuditItem, auditPage } from "../api/access";
import { objectNamed, useSchema } from "../api/schema";
import type { Field, Ref } from "../api/types";
import { FieldInput } from "../fields/input";
import { Changes } from "../record/changes";
import { formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import styles from "./settings.module.css";

const periods = [1, 7, 30, 0];

export default function Audit() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const [person, setPerson] = useState<Ref | null>(null);
  const [object, setObject] = useState("");
  const [days, setDays] = useState(7);
  const from = days
    ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * 86_400_000).toISOString()
    : undefined;
  const params = { actor: person?.id, object: object || undefined, from };
  const query = useInfiniteQuery({
    queryKey: ["audit", person?.id, object, days],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => auditPage(params, pageParam),
    getNextPageParam: (last) => last.next,
  });
  const who: Field = {
    name: "actor",
    kind: "person",
    target: "user",
    label: { en: t("audit.who"), "zh-CN": t("audit.who") },
  };
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.stack}>
      <div className={styles.tools}>
        <FieldInput field={who} value={person} onChange={setPerson} />
        <NativeSelect
          label={t("audit.object")}
          value={object}
          onChange={(event) => setObject(event.currentTarget.value)}
          data={[
            { value: "", label: t("audit.all") },
            ...schema.objects.map((one) => ({ value: one.name, label: label(one.plural_label) })),
          ]}
        />
        <NativeSelect
          label={t("audit.when")}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={periods.map((count) => ({
            value: String(count),
            label: count ? t("audit.days", { count }) : t("audit.ever"),
          }))}
        />
      </div>
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && items.length === 0 && <p className="gx-muted">{t("audit.none")}</p>}
      {items.length > 0 && (
        <div className={styles.panel}>
          <ul className={styles.rows}>
            {items.map((item) => (
              <One key={item.seq} item={item} />
            ))}
          </ul>
        </div>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("record.older")}
        </Button>
      )}
    </div>
  );
}

function One({ item }: { item: AuditItem }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const object = objectNamed(useSchema(), item.record.object);
  if (!object) return null;
  return (
    <li>
      <div>
        <span>
          <strong>{item.actor?.title ?? t("history.system")}</strong> {t(`history.${item.action}`)}{" "}
          <span className="gx-muted">{label(object.label)}</span>{" "}
          <Link className="gx-link" to={`/${object.plural}/${item.record.id}`}>
            {item.record.title || "—"}
          </Link>
        </span>
        {item.changes.length > 0 && <Changes object={object} changes={item.changes} />}
      </div>
      {item.cause.kind !== "request" && <Chip>{t(`cause.${item.cause.kind}`)}</Chip>}
      <time className="gx-muted" dateTime={item.at}>
        {formatInstant(item.at, format)}
      </time>
    </li>
  );
}
