//! Records that want attention: the first few, how many in all, and the list of them. What can be ticked off, can be here.

import { ActionIcon, Skeleton } from "@mantine/core";
import { IconChevronRight, IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, fewQuery, runCommand } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf, valueText } from "../fields";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { asked, type Todo } from "../objects/home";
import {
  formatAgo,
  formatCount,
  formatDate,
  formatDayFrom,
  formatInstant,
  formatSoon,
  useFormat,
} from "../text/format";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { say, sayProblem } from "../ui/toast";
import { listAddress } from "./behind";
import styles from "./home.module.css";
import type { Around } from "./page";

/** Records shown before the list of all. */
const shownMax = 5;

/** Milliseconds in which an instant is still said by its time. */
const dayMs = 86_400_000;

interface Props {
  todo: Todo;
  around: Around;
}

export function TodoTile({ todo, around }: Props) {
  const object = objectNamed(useSchema(), todo.object);
  return object ? <Tile object={object} todo={todo} around={around} /> : null;
}

function Tile({ object, todo, around }: Props & { object: ObjectSchema }) {
  const { t } = useTranslation();
  const format = useFormat();
  const filter = asked(todo.filter, around.whose, around.department, around.today);
  const fields = [object.title_field, todo.when, ...(todo.about ?? [])].filter(Boolean).join(",");
  const query = useQuery(fewQuery(object, { filter, sort: todo.sort, fields, limit: shownMax, count: true }));
  const items = query.data?.items ?? [];
  const count = query.data?.count;
  return (
    <section
      className={styles.tile}
      aria-labelledby={`todo-${todo.key}`}
      data-late={(todo.late && items.length > 0) || undefined}
    >
      <header>
        <h2 id={`todo-${todo.key}`}>
          <Icon name={object.icon} size={15} />
          {t(`home.${todo.key}`)}
          {count && <span className={styles.badge}>{formatCount(count.value, count.exact, format)}</span>}
        </h2>
        {items.length > 0 && (
          <Link to={listAddress(object, filter, todo.sort)} className={styles.all}>
            {t("home.see_all")}
            <IconChevronRight size={13} aria-hidden="true" />
          </Link>
        )}
      </header>
      {query.isPending &&
        [0, 1, 2].map((one) => <Skeleton key={one} height={14} mt={10} width={`${80 - one * 14}%`} />)}
      {query.isError && <p className="gx-muted">{t("problem.unexpected")}</p>}
      {query.isSuccess && items.length === 0 && <p className={styles.none}>{t(`home.none_${todo.key}`)}</p>}
      <ul>
        {items.map((record) => (
          <Line key={record.id} object={object} todo={todo} record={record} today={around.today} />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  object: ObjectSchema;
  todo: Todo;
  record: CrmRecord;
  today: string;
}

function Line({ object, todo, record, today }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const client = useQueryClient();
  const title = titleOf(object, record, format);
  const about = (todo.about ?? [])
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .find(({ name }) => !blank(record[name]));
  const when = object.fields.find(({ name }) => name === todo.when);
  const command = object.commands.find(({ name }) => name === todo.done);
  const done = useMutation({
    mutationFn: () => runCommand(object, record.id, record.version, todo.done ?? "", {}),
    onSuccess: () => {
      say(t("home.done", { title }));
      return changed(client, object.name);
    },
    onError: sayProblem,
  });
  return (
    <li className={styles.todo}>
      {command && (
        <ActionIcon
          size={24}
          radius="xl"
          aria-label={`${label(command.label)}: ${title}`}
          title={label(command.label)}
          loading={done.isPending}
          onClick={() => done.mutate()}
        >
          {done.isSuccess ? <IconCircleCheck size={17} /> : <IconCircle size={17} />}
        </ActionIcon>
      )}
      <Link className={`gx-link gx-ellipsis ${styles.todoTitle}`} to={`/${object.plural}/${record.id}`}>
        {title}
      </Link>
      {about && (
        <span
          className={`gx-muted gx-ellipsis ${styles.about}`}
          data-kind={about.kind}
          title={valueText(about, record[about.name], format)}
        >
          <Cell field={about} value={record[about.name]} />
        </span>
      )}
      {when && <When value={record[when.name]} kind={when.result ?? when.kind} today={today} />}
    </li>
  );
}

function When({ value, kind, today }: { value: unknown; kind: string; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!value) return <span className={styles.when}>{t("home.never")}</span>;
  const text = String(value);
  const late = kind === "date" && text < today;
  return (
    <time
      className={styles.when}
      dateTime={text}
      data-late={late || undefined}
      title={kind === "date" ? formatDate(text, format) : formatInstant(text, format)}
    >
      {kind === "date"
        ? formatDayFrom(text, today, format)
        : Date.parse(text) > Date.now() - dayMs
          ? formatSoon(text, today, format)
          : formatAgo(text, format)}
    </time>
  );
}
