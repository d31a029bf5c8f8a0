//! The firm as a tree: departments under departments, with their managers and people.

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconPlus, IconSitemap } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, deleteRecord, restoreRecord, updateRecord } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import { Failed, Loading } from "../ui/state";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { allQuery } from "./all";
import styles from "./tree.module.css";

export default function Departments() {
  const schema = useSchema();
  const departments = objectNamed(schema, "department");
  const users = objectNamed(schema, "user");
  return departments && users ? <Tree departments={departments} users={users} /> : null;
}

interface Branch {
  record: CrmRecord;
  below: Branch[];
  people: CrmRecord[];
}

/** Departments under their parents; those whose parent is not there stand at the top. */
function grow(records: CrmRecord[], users: CrmRecord[]): Branch[] {
  const known = new Set(records.map(({ id }) => id));
  const of = (parent: string | null): Branch[] =>
    records
      .filter((one) => (known.has(one.parent?.id) ? one.parent.id : null) === parent)
      .map((record) => ({
        record,
        below: of(record.id),
        people: users.filter((user) => user.active && user.department?.id === record.id),
      }));
  return of(null);
}

function Tree({ departments, users }: { departments: ObjectSchema; users: ObjectSchema }) {
  const { t } = useTranslation();
  const create = useCreate();
  const client = useQueryClient();
  const all = useQuery(allQuery(departments, null, "name"));
  const people = useQuery(allQuery(users, null, "name"));
  const error = all.error ?? people.error;
  if (error) return <Failed error={error} retry={() => void all.refetch()} />;
  if (!all.data || !people.data) return <Loading />;
  const made = () => void changed(client, departments.name);
  const branches = grow(all.data, people.data);
  return (
    <div className={styles.tree}>
      {may(departments, "create") && (
        <Button
          className={styles.add}
          leftSection={<IconPlus size={14} />}
          onClick={() => create(departments, {}, made)}
        >
          {t("departments.add")}
        </Button>
      )}
      {branches.length === 0 && <p className="gx-muted">{t("departments.none")}</p>}
      <ul>
        {branches.map((branch) => (
          <Node
            key={branch.record.id}
            branch={branch}
            departments={departments}
            users={users}
            all={all.data}
          />
        ))}
      </ul>
    </div>
  );
}

interface NodeProps {
  branch: Branch;
  departments: ObjectSchema;
  users: ObjectSchema;
  all: CrmRecord[];
}

function Node({ branch, departments, users, all }: NodeProps) {
  const { t } = useTranslation();
  const { record, below, people } = branch;
  const names = people.map(({ name }) => name).join(t("merge.and"));
  return (
    <li>
      <div className={styles.node}>
        <IconSitemap size={16} stroke={1.5} aria-hidden="true" />
        <Link className="gx-link" to={`/${departments.plural}/${record.id}`}>
          <strong>{record.name}</strong>
        </Link>
        {record.manager && <span className="gx-muted">{record.manager.title}</span>}
        <span className={styles.people} title={names}>
          {people.length > 0 && (
            <Link
              className="gx-link"
              to={`/${users.plural}?filter=${encodeURIComponent(
                JSON.stringify({ field: "department", op: "eq", value: record.id }),
              )}`}
            >
              {t("departments.people", { count: people.length })}
            </Link>
          )}
        </span>
        <NodeMenu record={record} departments={departments} all={all} branch={branch} />
      </div>
      {below.length > 0 && (
        <ul>
          {below.map((one) => (
            <Node key={one.record.id} branch={one} departments={departments} users={users} all={all} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Departments below one, itself included: it cannot be moved under them. */
function under(branch: Branch): string[] {
  return [branch.record.id, ...branch.below.flatMap(under)];
}

function NodeMenu({ record, departments, all, branch }: Omit<NodeProps, "users"> & { record: CrmRecord }) {
  const { t } = useTranslation();
  const create = useCreate();
  const client = useQueryClient();
  const refresh = () => changed(client, departments.name);
  const move = useMutation({
    mutationFn: (parent: string | null) => updateRecord(departments, record.id, record.version, { parent }),
    onSuccess: refresh,
    onError: sayProblem,
  });
  const remove = useMutation({
    mutationFn: () => deleteRecord(departments, record.id, record.version),
    onSuccess: () => {
      void refresh();
      sayWithUndo(t("record.deleted_toast", { title: record.name }), async () => {
        await restoreRecord(departments, record.id);
        await refresh();
      });
    },
    onError: sayProblem,
  });
  const below = under(branch);
  const targets = all.filter(({ id }) => !below.includes(id) && id !== record.parent?.id);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("departments.more", { name: record.name })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Menu.Item
          onClick={() =>
            create(departments, { parent: { id: record.id, title: record.name } }, () => void refresh())
          }
        >
          {t("departments.add_below")}
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{t("departments.move")}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown mah={320} style={{ overflowY: "auto" }}>
            {record.parent && <Menu.Item onClick={() => move.mutate(null)}>{t("departments.top")}</Menu.Item>}
            {targets.map((one) => (
              <Menu.Item key={one.id} onClick={() => move.mutate(one.id)}>
                {one.name}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        {branch.below.length === 0 && branch.people.length === 0 && (
          <Menu.Item color="red" onClick={() => remove.mutate()}>
            {t("record.delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
