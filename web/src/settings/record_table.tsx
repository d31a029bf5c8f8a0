//! The newest records of an object that only the program writes, as a plain table with the way to all of them.

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fewQuery } from "../api/records";
import { fieldAt, objectNamed, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { Cell } from "../fields/cell";
import type { Filter } from "../filters/filter";
import { useLabel } from "../text/label";
import { Failed, Loading } from "../ui/state";
import styles from "./settings.module.css";

interface Props {
  name: string;
  /** Those of the object's first view where none are named. */
  columns?: string[];
  leaveOut?: string;
  sort: string;
  filter?: Filter;
}

/** Records shown here. */
const rowsMax = 50;

export function RecordTable({ name, columns, leaveOut, sort, filter }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const object = objectNamed(schema, name);
  const { data, error, refetch } = useQuery({
    ...fewQuery(object as ObjectSchema, { filter, sort, limit: rowsMax }),
    enabled: !!object,
  });
  if (!object) return null;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <p className="gx-muted">{t("settings.nothing")}</p>;
  const shown = (columns ?? object.views[0]?.columns ?? []).filter((path) => path !== leaveOut);
  const fields = shown.flatMap((path) => fieldAt(schema, object, path) ?? []);
  return (
    <div className={styles.stack}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={label(object.plural_label)}>
        <table className={styles.table}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field.name} scope="col">
                  {label(field.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((record) => (
              <tr key={record.id}>
                {fields.map((field) => (
                  <td key={field.name}>
                    <Cell field={field} value={record[field.name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.next && (
        <Button component={Link} variant="default" to={`/${object.plural}`}>
          {t("record.show_all")}
        </Button>
      )}
    </div>
  );
}
