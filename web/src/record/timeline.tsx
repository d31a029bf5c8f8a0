//! Everything that happened around a record in one list, newest first, and above it what is to be done next.

import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { timelineQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema, TimelineItem } from "../api/types";
import { titleOf } from "../fields";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { Mentions } from "../fields/long_text";
import { slotsOf } from "../objects";
import { formatAgo, formatInstant, formatMonth, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty, Failed, Loading } from "../ui/state";
import { useTimelineObjects } from "./about";
import { Changes } from "./changes";
import { Composer } from "./composer";
import { FileEntry } from "./file_entry";
import { NextSteps } from "./next_steps";
import styles from "./timeline.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

export function Timeline({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState<string | null>(null);
  const query = useInfiniteQuery(timelineQuery(object, record.id, kind ?? undefined));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const groups = new Map<string, TimelineItem[]>();
  for (const item of items) {
    const month = formatMonth(item.at, format);
    groups.set(month, [...(groups.get(month) ?? []), item]);
  }
  return (
    <div className={styles.timeline}>
      {!readOnly && <Composer object={object} record={record} />}
      {!readOnly && <NextSteps object={object} record={record} />}
      <Kinds object={object} value={kind} onChange={setKind} />
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && items.length === 0 && <Empty title={t("record.nothing_yet")} />}
      {[...groups].map(([month, group]) => (
        <section key={month}>
          <h3 className={styles.month}>{month}</h3>
          <ol className={styles.list}>
            {group.map((item) => (
              <Entry key={item.record?.id ?? `c${item.change?.seq}`} object={object} item={item} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("record.older")}
        </Button>
      )}
    </div>
  );
}

interface KindsProps {
  object: ObjectSchema;
  value: string | null;
  onChange: (kind: string | null) => void;
}

function Kinds({ object, value, onChange }: KindsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const kinds = [
    { name: null, text: t("record.everything") },
    ...useTimelineObjects(object).map((other) => ({ name: other.name, text: label(other.plural_label) })),
    { name: "change", text: t("record.changes") },
  ];
  return (
    <div className={styles.kinds} role="group" aria-label={t("record.show_only")}>
      {kinds.map(({ name, text }) => (
        <button
          key={name ?? ""}
          type="button"
          aria-pressed={name === value}
          className={styles.kind}
          onClick={() => onChange(name)}
        >
          {text}
        </button>
      ))}
    </div>
  );
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
    const isFile = other.name === "file";
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
          {isFile ? (
            <FileEntry record={item.record} />
          ) : (
            <Facts object={other} record={item.record} about={object} />
          )}
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

interface FactsProps {
  object: ObjectSchema;
  record: CrmRecord;
  about: ObjectSchema;
}

function Facts({ object, record, about }: FactsProps) {
  const body = object.fields.find((field) => field.kind === "long_text" && !blank(record[field.name]));
  const log = slotsOf(object.name).quickLog;
  const facts = (object.views[0]?.columns ?? [])
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .filter(
      (field) =>
        field.name !== object.title_field &&
        !["any_link", "yes_no", "instant"].includes(field.kind) &&
        // Whose page this is need not be said again.
        field.target !== about.name &&
        field !== body &&
        !blank(record[field.name]),
    )
    .slice(0, valuesMax);
  const next = object.fields.find(({ name }) => name === log?.next);
  return (
    <>
      {body && (
        <p className={styles.text}>
          <Mentions text={record[body.name]} />
        </p>
      )}
      <div className={styles.facts}>
        {facts.map((field) => (
          <Cell key={field.name} field={field} value={record[field.name]} />
        ))}
        {next && !blank(record[next.name]) && <Next field={next} value={record[next.name]} />}
      </div>
    </>
  );
}

function Next({ field, value }: { field: ObjectSchema["fields"][number]; value: string }) {
  const label = useLabel();
  return (
    <span>
      {label(field.label)} <Cell field={field} value={value} />
    </span>
  );
}
