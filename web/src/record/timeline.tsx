//! Everything that happened around a record in one list, newest first, and the ways to add to it.

import { Button } from "@mantine/core";
import { IconPlus, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, timelineQuery } from "../api/records";
import { may, objectNamed, useSchema, writable } from "../api/schema";
import type { CrmRecord, ObjectSchema, TimelineItem } from "../api/types";
import { titleOf } from "../fields";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { useCreate } from "../form/create";
import { slotsOf } from "../objects";
import { formatAgo, formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty, Failed, Loading } from "../ui/state";
import { Changes } from "./changes";
import styles from "./timeline.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

export function Timeline({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<string | null>(null);
  const query = useInfiniteQuery(timelineQuery(object, record.id));
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Loading />;
  const items = query.data.pages.flatMap((page) => page.items);
  const kinds = [...new Set(items.map((item) => item.kind))];
  const shown = kind ? items.filter((item) => item.kind === kind) : items;
  return (
    <div className={styles.timeline}>
      <div className={styles.tools}>
        {kinds.length > 1 && <Kinds kinds={kinds} value={kind} onChange={setKind} />}
        <span className={styles.grow} />
        {!readOnly && <Composer object={object} record={record} />}
      </div>
      {shown.length === 0 && <Empty title={t("record.nothing_yet")} />}
      <ol className={styles.list}>
        {shown.map((item) => (
          <Entry key={item.record?.id ?? `c${item.change?.seq}`} object={object} item={item} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("record.older")}
        </Button>
      )}
    </div>
  );
}

function Kinds({
  kinds,
  value,
  onChange,
}: {
  kinds: string[];
  value: string | null;
  onChange: (kind: string | null) => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const name = (kind: string) => {
    const object = objectNamed(schema, kind);
    return object ? label(object.plural_label) : t("record.changes");
  };
  return (
    <div className={styles.kinds} role="group" aria-label={t("record.show_only")}>
      {[null, ...kinds].map((kind) => (
        <button
          key={kind ?? ""}
          type="button"
          aria-pressed={kind === value}
          className={styles.kind}
          onClick={() => onChange(kind)}
        >
          {kind === null ? t("record.everything") : name(kind)}
        </button>
      ))}
    </div>
  );
}

/** What belongs on a timeline, such as a call or a task, is added right here. */
function Composer({ object, record }: Pick<Props, "object" | "record">) {
  const label = useLabel();
  const format = useFormat();
  const schema = useSchema();
  const create = useCreate();
  const client = useQueryClient();
  const self = { object: object.name, id: record.id, title: titleOf(object, record, format) };
  const offered = schema.objects.flatMap((other) => {
    if (!slotsOf(other.name).onTimeline || !may(other, "create")) return [];
    const link = object.related.find((related) => related.object === other.name)?.field;
    const field = link ?? other.fields.find((one) => one.kind === "any_link" && writable(one))?.name;
    return field ? [{ other, field }] : [];
  });
  return offered.map(({ other, field }) => (
    <Button
      key={other.name}
      variant="default"
      size="compact-sm"
      leftSection={<IconPlus size={13} />}
      onClick={() => create(other, { [field]: self }, () => void changed(client, object.name, other.name))}
    >
      {label(other.label)}
    </Button>
  ));
}

/** Values of a timeline entry under its title. */
const valuesMax = 4;

function Entry({ object, item }: { object: ObjectSchema; item: TimelineItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const schema = useSchema();
  const other = objectNamed(schema, item.kind);
  const who = item.actor?.title ?? t("history.system");
  const when = (
    <time className={styles.when} dateTime={item.at} title={formatInstant(item.at, format)}>
      {formatAgo(item.at, format)}
    </time>
  );
  if (item.record && other) {
    return (
      <li className={styles.entry}>
        <span className={styles.mark}>
          <Icon name={other.icon} size={15} />
        </span>
        <div className={styles.card}>
          <div className={styles.cardHead}>
            <Link className={`gx-link ${styles.title}`} to={`/${other.plural}/${item.record.id}`}>
              {titleOf(other, item.record, format)}
            </Link>
            <span className="gx-muted">{who}</span>
            {when}
          </div>
          <Facts object={other} record={item.record} />
        </div>
      </li>
    );
  }
  return (
    <li className={styles.entry} data-small>
      <span className={styles.mark}>
        <IconRefresh size={13} aria-hidden="true" />
      </span>
      <div className={styles.change}>
        <div>
          <strong>{who}</strong> {t(`history.${item.change?.action ?? "update"}`)} {when}
        </div>
        {item.change && <Changes object={object} changes={item.change.changes} />}
      </div>
    </li>
  );
}

function Facts({ object, record }: { object: ObjectSchema; record: CrmRecord }) {
  const body = object.fields.find((field) => field.kind === "long_text" && !blank(record[field.name]));
  const facts = (object.views[0]?.columns ?? [])
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .filter(
      (field) =>
        field.name !== object.title_field &&
        !["any_link", "yes_no"].includes(field.kind) &&
        field !== body &&
        !blank(record[field.name]),
    )
    .slice(0, valuesMax);
  return (
    <>
      {body && <p className={styles.text}>{record[body.name]}</p>}
      <div className={styles.facts}>
        {facts.map((field) => (
          <Cell key={field.name} field={field} value={record[field.name]} />
        ))}
      </div>
    </>
  );
}
