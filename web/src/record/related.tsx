//! Records of other objects that link to this one, each as a short table with a way to all and to a new one.

import { ActionIcon, Skeleton, Tooltip } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changed, fewQuery } from "../api/records";
import { fieldAt, may, objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema, Related } from "../api/types";
import { kindOf, titleOf } from "../fields";
import { Cell } from "../fields/cell";
import type { Filter } from "../filters/filter";
import { useCreate } from "../form/create";
import { useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { QuickAdd } from "./quick_add";
import styles from "./related.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

/** Rows and columns of a related list; all of it is a click away. */
const rowsMax = 8;
const columnsMax = 5;

export function RelatedLists({ object, record, readOnly }: Props) {
  const schema = useSchema();
  return (
    <div className={styles.lists}>
      {object.related.map((related) => {
        const child = objectNamed(schema, related.object);
        if (!child || !may(child, "read")) return null;
        return (
          <RelatedList
            key={related.object + related.field}
            object={object}
            record={record}
            readOnly={readOnly}
            related={related}
            child={child}
          />
        );
      })}
    </div>
  );
}

function RelatedList({
  object,
  record,
  readOnly,
  related,
  child,
}: Props & { related: Related; child: ObjectSchema }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const create = useCreate();
  const client = useQueryClient();
  const filter: Filter = { field: related.field, op: "eq", value: record.id };
  const { data } = useQuery(
    fewQuery(child, { filter, limit: rowsMax + 1, sort: child.views[0]?.sort?.join(",") }),
  );
  const rows = data?.items.slice(0, rowsMax) ?? [];
  const more = (data?.items.length ?? 0) > rowsMax;
  const all = `/${child.plural}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
  // Two ways to link here need two names.
  const twins = object.related.filter((other) => other.object === related.object).length > 1;
  const way = twins ? label(child.fields.find((field) => field.name === related.field)?.label) : "";
  const name = [label(related.label), way].filter(Boolean).join(" · ");
  return (
    <section className={styles.list} aria-label={name} data-empty={(data && rows.length === 0) || undefined}>
      <header className={styles.head}>
        <Icon name={child.icon} size={15} />
        <h2>{name}</h2>
        {data && <span className={styles.count}>{more ? `${rowsMax}+` : rows.length}</span>}
        <span className={styles.grow} />
        {more && (
          <Link to={all} className="gx-link">
            {t("record.show_all")}
          </Link>
        )}
        {!readOnly && may(child, "create") && (
          <Tooltip label={t("list.new", { object: small(label(child.label)) })}>
            <ActionIcon
              aria-label={t("list.new", { object: small(label(child.label)) })}
              onClick={() =>
                create(
                  child,
                  { [related.field]: { id: record.id, title: titleOf(object, record, format) } },
                  () => {
                    void changed(client, object.name, child.name);
                  },
                )
              }
            >
              <IconPlus size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      {!data && <Skeleton height={12} m="md" />}
      {rows.length > 0 && <Rows child={child} related={related} rows={rows} />}
      {data && !readOnly && may(child, "create") && (
        <QuickAdd object={object} record={record} child={child} field={related.field} />
      )}
    </section>
  );
}

function Rows({ child, related, rows }: { child: ObjectSchema; related: Related; rows: CrmRecord[] }) {
  const label = useLabel();
  const format = useFormat();
  const schema = useSchema();
  const names = child.views[0]?.columns ?? [];
  const others = names.filter((name) => name !== related.field && name !== child.title_field);
  const columns = [child.title_field, ...others]
    .flatMap((path) => fieldAt(schema, child, path) ?? [])
    .slice(0, columnsMax);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label(related.label)}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.name} scope="col" data-align={kindOf(field).align}>
                {label(field.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((field, index) => (
                <td key={field.name} data-align={kindOf(field).align}>
                  {index === 0 ? (
                    <Link className="gx-link" to={`/${child.plural}/${row.id}`}>
                      {titleOf(child, row, format)}
                    </Link>
                  ) : (
                    <Cell field={field} value={row[field.name]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
