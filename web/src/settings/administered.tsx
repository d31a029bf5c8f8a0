//! An object that administrators look after: its records, and where they have ordered parts, those in their order.

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, deleteRecord, restoreRecord, updateRecord } from "../api/records";
import { may, objectNamed, objectOfPlural, useSchema } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { same, sendable, titleOf } from "../fields";
import { FieldInput } from "../fields/input";
import { useCreate } from "../form/create";
import { fieldProblems } from "../form/problems";
import { type Administered, administered } from "../objects/administered";
import { useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Failed, Loading } from "../ui/state";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { allQuery } from "./all";
import { Panel } from "./parts";
import { RecordTable } from "./record_table";
import styles from "./settings.module.css";

export default function AdministeredPart({ plural }: { plural: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const create = useCreate();
  const client = useQueryClient();
  const object = objectOfPlural(schema, plural);
  if (!object) return null;
  const parts = administered.find((one) => one.object === object.name)?.parts;
  const child = objectNamed(schema, parts?.object);
  return (
    <div className={styles.stack}>
      <div className={styles.tools}>
        <span className={styles.grow} />
        <Button component={Link} variant="default" to={`/${object.plural}`}>
          {t("record.show_all")}
        </Button>
        {may(object, "create") && (
          <Button
            leftSection={<IconPlus size={14} />}
            onClick={() => create(object, {}, () => void changed(client, object.name))}
          >
            {t("list.new", { object: small(label(object.label)) })}
          </Button>
        )}
      </div>
      {parts && child ? (
        <Parents object={object} child={child} parts={parts} />
      ) : (
        <RecordTable
          name={object.name}
          columns={(object.views[0]?.columns ?? []).slice(0, 6)}
          sort={object.views[0]?.sort?.[0] ?? "-updated_at"}
        />
      )}
    </div>
  );
}

type Parts = NonNullable<Administered["parts"]>;

function Parents({ object, child, parts }: { object: ObjectSchema; child: ObjectSchema; parts: Parts }) {
  const format = useFormat();
  const all = useQuery(allQuery(object, null, "created_at"));
  const children = useQuery(allQuery(child, null, parts.order));
  const error = all.error ?? children.error;
  if (error) return <Failed error={error} />;
  if (!all.data || !children.data) return <Loading />;
  return all.data.map((parent) => (
    <Panel key={parent.id} title={titleOf(object, parent, format)}>
      <Ordered
        parent={parent}
        child={child}
        parts={parts}
        records={children.data.filter((one) => one[parts.link]?.id === parent.id)}
      />
    </Panel>
  ));
}

interface OrderedProps {
  parent: CrmRecord;
  child: ObjectSchema;
  parts: Parts;
  records: CrmRecord[];
}

function Ordered({ parent, child, parts, records }: OrderedProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const create = useCreate();
  const client = useQueryClient();
  const fields = parts.fields.flatMap((name) => child.fields.find((field) => field.name === name) ?? []);
  const refresh = () => changed(client, child.name);
  const move = useMutation({
    // Two records change places; each keeps its own version.
    mutationFn: async ([one, other]: [CrmRecord, CrmRecord]) => {
      await updateRecord(child, one.id, one.version, { [parts.order]: other[parts.order] });
      await updateRecord(child, other.id, other.version, { [parts.order]: one[parts.order] });
    },
    onError: sayProblem,
    onSettled: refresh,
  });
  const last = Math.max(0, ...records.map((one) => Number(one[parts.order] ?? 0)));
  const swap = (index: number, step: number) => {
    const [one, other] = [records[index], records[index + step]];
    if (one && other) move.mutate([one, other]);
  };
  return (
    <div>
      <div
        className={styles.scroll}
        style={{ border: 0 }}
        tabIndex={0}
        role="region"
        aria-label={label(child.plural_label)}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field.name} scope="col">
                  {label(field.label)}
                </th>
              ))}
              <th scope="col">
                <span className="gx-hidden">{t("settings.sequence")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {records.map((record, index) => (
              <tr key={record.id}>
                {fields.map((field) => (
                  <td key={field.name}>
                    <EditCell object={child} record={record} field={field} />
                  </td>
                ))}
                <td>
                  <span className={styles.chips} style={{ flexWrap: "nowrap" }}>
                    <ActionIcon
                      aria-label={t("settings.up", { name: record[child.title_field] })}
                      disabled={index === 0 || move.isPending}
                      onClick={() => swap(index, -1)}
                    >
                      <IconArrowUp size={15} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t("settings.down", { name: record[child.title_field] })}
                      disabled={index === records.length - 1 || move.isPending}
                      onClick={() => swap(index, 1)}
                    >
                      <IconArrowDown size={15} />
                    </ActionIcon>
                    <Remove object={child} record={record} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {may(child, "create") && (
        <div className={styles.inner}>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              create(
                child,
                {
                  [parts.link]: { id: parent.id, title: parent[child.title_field] ?? parent.name },
                  [parts.order]: last + 1,
                },
                () => void refresh(),
              )
            }
          >
            {t("list.new", { object: small(label(child.label)) })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A field edited in its cell: saved when one leaves it, or when something is chosen. */
function EditCell({ object, record, field }: { object: ObjectSchema; record: CrmRecord; field: Field }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState<{ value: unknown }>();
  const save = useMutation({
    mutationFn: (value: unknown) =>
      updateRecord(object, record.id, record.version, { [field.name]: sendable(field, value) ?? null }),
    onSuccess: async () => {
      await changed(client, object.name);
      setTyped(undefined);
    },
    onError: (error) => fieldProblems(error).length === 0 && sayProblem(error),
  });
  const problem = fieldProblems(save.error)[0]?.message;
  const leave = () => {
    if (typed && !same(field, typed.value, record[field.name])) save.mutate(typed.value);
    else setTyped(undefined);
  };
  return (
    <div onBlur={leave}>
      <FieldInput
        bare
        field={field}
        value={typed ? typed.value : record[field.name]}
        onChange={(value) => {
          setTyped({ value });
          if (field.kind === "choice") save.mutate(value);
        }}
        error={problem}
        disabled={field.read_only || field.access === "read"}
      />
    </div>
  );
}

function Remove({ object, record }: { object: ObjectSchema; record: CrmRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const title = titleOf(object, record, format);
  const remove = useMutation({
    mutationFn: () => deleteRecord(object, record.id, record.version),
    onSuccess: () => {
      void changed(client, object.name);
      sayWithUndo(t("record.deleted_toast", { title }), async () => {
        await restoreRecord(object, record.id);
        await changed(client, object.name);
      });
    },
    onError: sayProblem,
  });
  return (
    <Tooltip label={t("record.delete")}>
      <ActionIcon
        aria-label={`${t("record.delete")}: ${title}`}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
