//! The top of a record: where it is, what it is called, its key facts, and what can be done with it.

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { formatCount, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Icon } from "../ui/icon";
import { useKeys } from "../ui/keys";
import { Commands } from "./commands";
import { RecordMenu } from "./menu";
import { useNeighbours } from "./neighbours";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
  /** In a side panel: no way back to the list, which stands beside it. */
  peek?: boolean;
}

/** Key facts beside the title. */
const factsMax = 6;

export function Headline({ object, record, readOnly, peek }: Props) {
  const label = useLabel();
  const format = useFormat();
  const { t } = useTranslation();
  const title = titleOf(object, record, format);
  const columns = object.views[0]?.columns ?? [];
  const facts = columns
    .filter((name) => name !== object.title_field && !blank(record[name]))
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .slice(0, factsMax);
  return (
    <header className={styles.head}>
      {!peek && <Crumbs object={object} record={record} />}
      <div className={styles.headline}>
        <Avatar name={title} size={34} square />
        <h1>{peek ? <Link to={`/${object.plural}/${record.id}`}>{title}</Link> : title}</h1>
        {record.deleted_at && <Chip color="red">{t("record.deleted")}</Chip>}
        <span className={styles.grow} />
        {!readOnly && !record.deleted_at && <Commands object={object} record={record} />}
        {!readOnly && <RecordMenu object={object} record={record} title={title} />}
      </div>
      <dl className={styles.facts}>
        {facts.map((field) => (
          <div key={field.name} data-figure={field.kind === "rollup" || undefined}>
            <dt>{label(field.label)}</dt>
            <dd>
              <Cell field={field} value={record[field.name]} />
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Crumbs({ object, record }: Pick<Props, "object" | "record">) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const around = useNeighbours(object, record.id);
  const go = (id: string | undefined) => id && navigate(`/${object.plural}/${id}${window.location.search}`);
  useKeys({ j: () => go(around?.after), k: () => go(around?.before) });
  const step = (name: "before" | "after", key: string) => (
    <Tooltip label={`${t(`record.${name}`)} · ${key}`}>
      <ActionIcon
        size={26}
        variant="default"
        aria-label={t(`record.${name}`)}
        aria-keyshortcuts={key.toLowerCase()}
        disabled={!around?.[name]}
        onClick={() => go(around?.[name])}
      >
        {name === "before" ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={styles.crumbs}>
      <nav className={styles.crumbs} aria-label={t("shell.breadcrumb")}>
        <Link className="gx-link" to={`/${object.plural}`}>
          <Icon name={object.icon} size={14} /> {label(object.plural_label)}
        </Link>
        <IconChevronRight size={12} aria-hidden="true" />
      </nav>
      <span className={styles.grow} />
      {around && (
        <>
          <span>
            {t("record.place", {
              place: formatCount(around.place, true, format),
              of: formatCount(around.loaded, !around.more, format),
            })}
          </span>
          {step("before", "K")}
          {step("after", "J")}
        </>
      )}
    </div>
  );
}
