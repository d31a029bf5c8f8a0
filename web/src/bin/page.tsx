//! The recycle bin of everything: what was deleted of each object, by whom and when, and its way back.

import { Button, Skeleton } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { bulk, changed, fewQuery } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf, valueText } from "../fields";
import { formatAgo, formatCount, formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty, Failed } from "../ui/state";
import { useTitle } from "../ui/title";
import { say, sayProblem } from "../ui/toast";
import styles from "./bin.module.css";

/** Deleted records shown of one object; its own bin has them all. */
const shownMax = 100;

export default function BinPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  useTitle(t("list.bin"));
  const objects = schema.objects.filter((object) => !object.hidden && may(object, "delete"));
  const counts = useQueries({
    queries: objects.map((object) =>
      fewQuery(object, { deleted: true, limit: 1, count: true, fields: object.title_field }),
    ),
  });
  const full = objects.flatMap((object, index) => {
    const count = counts[index]?.data?.count;
    return count && count.value > 0 ? [{ object, count }] : [];
  });
  const pending = counts.some(({ isPending }) => isPending);
  const chosen = objectNamed(schema, params.get("object") ?? undefined) ?? full[0]?.object;
  return (
    <section className={styles.page} aria-labelledby="bin">
      <header className={styles.head}>
        <h1 id="bin">{t("list.bin")}</h1>
        <p className="gx-muted">{t("bin.text")}</p>
      </header>
      {pending && full.length === 0 ? (
        <Skeleton height={120} />
      ) : full.length === 0 ? (
        <Empty title={t("list.bin_empty")} icon={<IconTrash size={28} stroke={1.4} />} />
      ) : (
        <>
          <div className={styles.kinds} role="group" aria-label={t("search.in")}>
            {full.map(({ object, count }) => (
              <button
                key={object.name}
                type="button"
                aria-pressed={object === chosen}
                onClick={() => setParams({ object: object.name }, { replace: true })}
              >
                <Icon name={object.icon} size={14} />
                {label(object.plural_label)}
                <span className="gx-muted">{formatCount(count.value, count.exact, format)}</span>
              </button>
            ))}
          </div>
          {chosen && <Deleted key={chosen.name} object={chosen} />}
        </>
      )}
    </section>
  );
}

function Deleted({ object }: { object: ObjectSchema }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const subtitle = object.fields.find(({ name }) => name === object.subtitle_field);
  const fields = [object.title_field, subtitle?.name, "deleted_at", "updated_by"].filter(Boolean).join(",");
  const query = useQuery(fewQuery(object, { deleted: true, sort: "-deleted_at", limit: shownMax, fields }));
  const restore = useMutation({
    mutationFn: (ids: string[]) => bulk(object, { action: "restore", ids }),
    onSuccess: ({ done, failed }) => {
      setPicked(new Set());
      if (done > 0) say(t("bin.restored", { count: done }));
      if (failed[0]) sayProblem(new Error(failed[0].problems[0]?.message));
      return changed(client, object.name);
    },
    onError: sayProblem,
  });
  const items = query.data?.items ?? [];
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  const row = (record: CrmRecord) => {
    const title = titleOf(object, record, format);
    return (
      <tr key={record.id} data-picked={picked.has(record.id) || undefined}>
        <td>
          <input
            type="checkbox"
            className="gx-check"
            aria-label={t("list.select", { title })}
            checked={picked.has(record.id)}
            onChange={() => toggle(record.id)}
          />
        </td>
        <th scope="row">
          {title}
          {subtitle && (
            <span className={`gx-muted ${styles.subtitle}`}>
              {valueText(subtitle, record[subtitle.name], format)}
            </span>
          )}
        </th>
        <td>{record.updated_by?.title}</td>
        <td>
          {record.deleted_at && (
            <time dateTime={record.deleted_at} title={formatInstant(record.deleted_at, format)}>
              {formatAgo(record.deleted_at, format)}
            </time>
          )}
        </td>
        <td className={styles.act}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowBackUp size={14} />}
            aria-label={`${t("record.restore")}: ${title}`}
            loading={restore.isPending && restore.variables?.includes(record.id)}
            onClick={() => restore.mutate([record.id])}
          >
            {t("record.restore")}
          </Button>
        </td>
      </tr>
    );
  };
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton height={120} />;
  return (
    <>
      <div className={styles.tools}>
        <Button
          disabled={picked.size === 0}
          loading={restore.isPending}
          onClick={() => restore.mutate([...picked])}
        >
          {t("bin.restore", { count: picked.size })}
        </Button>
        <Link className="gx-link" to={`/${object.plural}?deleted=1`}>
          {t("bin.all", { objects: label(object.plural_label) })}
        </Link>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">{label(object.label)}</th>
              <th scope="col">{t("bin.by")}</th>
              <th scope="col">{t("bin.when")}</th>
              <td />
            </tr>
          </thead>
          <tbody>{items.map(row)}</tbody>
        </table>
      </div>
    </>
  );
}
