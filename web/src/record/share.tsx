//! A single record shared with single people, for reading or writing, for a time.

import "../theme/forms.css";
import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changed, createRecord, deleteRecord, fewQuery } from "../api/records";
import { may, mayWith, objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { FieldInput } from "../fields/input";
import { defaults, toCreate, useMyself, type Values } from "../form/draft";
import { fieldProblems, Problems } from "../form/problems";
import { formatDate, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { Dialog } from "../ui/dialog";
import { Loading } from "../ui/state";
import { say, sayProblem } from "../ui/toast";
import styles from "./share.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  onClose: () => void;
}

export default function ShareDialog({ object, record, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} size={520} title={t("share.title")}>
      <Members object={object} record={record} />
    </Dialog>
  );
}

/** People with whom the record is shared, and a way to add one. */
export function Members({ object, record }: Omit<Props, "onClose">) {
  const { t } = useTranslation();
  const members = objectNamed(useSchema(), "record_member");
  const filter = { field: "about", op: "eq", value: { object: object.name, id: record.id } };
  const { data } = useQuery({
    ...fewQuery(members as ObjectSchema, { filter, limit: 100 }),
    enabled: !!members,
  });
  if (!members) return null;
  const change = mayWith(object, record, "update") && may(members, "create");
  return (
    <div className={styles.members}>
      <p className="gx-muted">{t("share.text")}</p>
      {!data && <Loading />}
      {data?.items.length === 0 && <p>{t("share.nobody")}</p>}
      <ul className={styles.list}>
        {data?.items.map((one) => (
          <Member key={one.id} members={members} one={one} change={change} />
        ))}
      </ul>
      {change && <Add members={members} object={object} record={record} />}
    </div>
  );
}

function Member({ members, one, change }: { members: ObjectSchema; one: CrmRecord; change: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteRecord(members, one.id, one.version),
    onSuccess: () => changed(client, members.name),
    onError: sayProblem,
  });
  const name = one.user?.title ?? "—";
  return (
    <li data-over={one.active === false || undefined}>
      <Avatar name={name} size={24} />
      <span>
        <strong>{name}</strong>
        <span className="gx-muted">
          {t(`share.${one.level === "write" ? "write" : "read"}`)}
          {one.expires_on && ` · ${t("share.until", { day: formatDate(one.expires_on, format) })}`}
        </span>
      </span>
      {change && (
        <ActionIcon
          aria-label={t("share.remove", { name })}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </li>
  );
}

function Add({
  members,
  object,
  record,
}: {
  members: ObjectSchema;
  object: ObjectSchema;
  record: CrmRecord;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const myself = useMyself();
  const asked = ["user", "level", "expires_on"].flatMap(
    (name) => members.fields.find((field) => field.name === name) ?? [],
  );
  const fresh = () => defaults(members.fields, myself);
  const [values, setValues] = useState<Values>(fresh);
  const add = useMutation({
    mutationFn: () =>
      createRecord(
        members,
        { ...toCreate(asked, values), about: { object: object.name, id: record.id } },
        crypto.randomUUID(),
      ),
    onSuccess: () => {
      setValues(fresh());
      say(t("share.done"));
      void changed(client, members.name);
    },
  });
  const problems = fieldProblems(add.error);
  return (
    <form
      noValidate
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Problems error={problems.length === 0 ? add.error : null} />
      {asked.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          onChange={(value) => setValues({ ...values, [field.name]: value })}
          error={problems.find((one) => one.field === field.name)?.message}
        />
      ))}
      <Button type="submit" loading={add.isPending}>
        {t("share.add")}
      </Button>
    </form>
  );
}
