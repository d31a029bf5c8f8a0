//! The top of a record: where it is, what it is called, its key facts, and what can be done with it.

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconChevronRight, IconDots, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { changed, deleteRecord, restoreRecord } from "../api/records";
import { mayWith } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { Commands } from "./commands";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

/** Key facts beside the title. */
const factsMax = 5;

export function Headline({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const title = titleOf(object, record, format);
  const columns = object.views[0]?.columns ?? [];
  const facts = columns
    .filter((name) => name !== object.title_field && !blank(record[name]))
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .slice(0, factsMax);
  return (
    <header className={styles.head}>
      <nav className={styles.crumbs} aria-label={t("shell.breadcrumb")}>
        <Link className="gx-link" to={`/${object.plural}`}>
          <Icon name={object.icon} size={14} /> {label(object.plural_label)}
        </Link>
        <IconChevronRight size={12} aria-hidden="true" />
      </nav>
      <div className={styles.headline}>
        <Avatar name={title} size={34} square />
        <h1>{title}</h1>
        {record.deleted_at && <Chip color="red">{t("record.deleted")}</Chip>}
        <span className={styles.grow} />
        {!readOnly && !record.deleted_at && <Commands object={object} record={record} />}
        {!readOnly && <RecordMenu object={object} record={record} title={title} />}
      </div>
      <dl className={styles.facts}>
        {facts.map((field) => (
          <div key={field.name}>
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

function RecordMenu({ object, record, title }: Omit<Props, "readOnly"> & { title: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const refresh = () => changed(client, object.name);
  const restore = useMutation({
    mutationFn: () => restoreRecord(object, record.id),
    onSuccess: refresh,
    onError: sayProblem,
  });
  const remove = useMutation({
    mutationFn: () => deleteRecord(object, record.id, record.version),
    onSuccess: () => {
      navigate(`/${object.plural}`);
      void refresh();
      sayWithUndo(t("record.deleted_toast", { title }), async () => {
        await restoreRecord(object, record.id);
        await refresh();
      });
    },
    onError: sayProblem,
    onSettled: () => setAsking(false),
  });
  if (record.deleted_at) {
    return (
      <Button
        leftSection={<IconArrowBackUp size={14} />}
        loading={restore.isPending}
        onClick={() => restore.mutate()}
      >
        {t("record.restore")}
      </Button>
    );
  }
  if (!mayWith(object, record, "delete")) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("list.more")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
            {t("record.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t("record.delete_title", { title })}>
        <p>{t("bulk.delete_text")}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("form.cancel")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("record.delete")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
