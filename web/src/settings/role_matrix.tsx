//! The matrix: objects by module down, actions across, in each cell whose records. A choice is saved at once.

import { IconChevronDown } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed, createRecord, deleteRecord, updateRecord } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Failed, Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { allQuery } from "./all";
import { FieldRights } from "./field_rights";
import {
  actions,
  chosen,
  everything,
  inherited,
  keyOf,
  type Rights,
  rightsOf,
  scopeOf,
  scopes,
} from "./rights";
import styles from "./roles.module.css";

export function Matrix({ role }: { role: CrmRecord }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const [open, setOpen] = useState<string | null>(null);
  const object = objectNamed(schema, "role_right") as ObjectSchema;
  const filter = { field: "role", op: "eq", value: role.id };
  const { data, error, refetch } = useQuery(allQuery(object, filter, "object"));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const rights = rightsOf(data);
  return (
    <>
      <p className="gx-muted">{t("roles.legend")}</p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("roles.matrix")}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("roles.object")}</th>
              {actions.map((action) => (
                <th key={action} scope="col">
                  {t(`action.${action}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              role={role}
              object={object}
              rights={rights}
              name={everything}
              title={t("roles.everything")}
            />
            {schema.modules.map((module) => {
              const objects = chosen(schema.objects).filter((one) => one.module === module.name);
              return objects.length === 0 ? null : (
                <Fragment key={module.name}>
                  <tr className={styles.module}>
                    <th colSpan={actions.length + 1} scope="colgroup">
                      {label(module.label)}
                    </th>
                  </tr>
                  {objects.map((one) => (
                    <Fragment key={one.name}>
                      <Row
                        role={role}
                        object={object}
                        rights={rights}
                        name={one.name}
                        title={label(one.plural_label)}
                        icon={one.icon}
                        open={open === one.name}
                        onOpen={() => setOpen(open === one.name ? null : one.name)}
                      />
                      {open === one.name && (
                        <tr className={styles.fields}>
                          <td colSpan={actions.length + 1}>
                            <FieldRights role={role} object={one} />
                          </td>
                        </tr>
                      )}
                    </Fragment>
                  ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface RowProps {
  role: CrmRecord;
  /** The object that rights are records of. */
  object: ObjectSchema;
  rights: Rights;
  name: string;
  title: string;
  icon?: string | null;
  open?: boolean;
  onOpen?: () => void;
}

function Row({ role, object, rights, name, title, icon, open, onOpen }: RowProps) {
  const { t } = useTranslation();
  const from = inherited(rights, name);
  return (
    <tr data-inherited={from || undefined}>
      <th scope="row">
        {onOpen ? (
          <button type="button" className={styles.object} aria-expanded={open} onClick={onOpen}>
            <Icon name={icon} size={15} />
            {title}
            <IconChevronDown size={12} aria-hidden="true" />
          </button>
        ) : (
          <span className={styles.object}>{title}</span>
        )}
      </th>
      {actions.map((action) => (
        <td key={action}>
          <Scope
            role={role}
            object={object}
            rights={rights}
            name={name}
            action={action}
            label={`${title}: ${t(`action.${action}`)}`}
          />
        </td>
      ))}
    </tr>
  );
}

interface ScopeProps extends Pick<RowProps, "role" | "object" | "rights" | "name"> {
  action: (typeof actions)[number];
  label: string;
}

function Scope({ role, object, rights, name, action, label }: ScopeProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const scope = scopeOf(rights, name, action);
  const standing = rights.byKey.get(keyOf(name, action));
  const save = useMutation({
    mutationFn: async (next: string) => {
      if (standing) {
        const none =
          next === "none" &&
          rights.named.size > 0 &&
          [...rights.byKey.values()].filter((one) => one.object === name).length > 1;
        if (none) await deleteRecord(object, standing.id, standing.version);
        else await updateRecord(object, standing.id, standing.version, { scope: next });
        return;
      }
      // What came from everything is written down for the object, so that one choice changes one cell only.
      const others = inherited(rights, name) ? actions.filter((one) => one !== action) : [];
      for (const other of others) {
        const kept = scopeOf(rights, name, other);
        if (kept !== "none") await make(other, kept);
      }
      await make(action, next);
    },
    onError: sayProblem,
    onSettled: () => changed(client, object.name),
  });
  const make = (of: string, value: string) =>
    createRecord(object, { role: role.id, object: name, action: of, scope: value }, crypto.randomUUID());
  const shown = save.isPending ? save.variables : scope;
  return (
    <select
      className={styles.scope}
      data-scope={shown}
      aria-label={label}
      value={shown}
      disabled={save.isPending}
      onChange={(event) => save.mutate(event.currentTarget.value)}
    >
      {scopes.map((one) => (
        <option key={one} value={one}>
          {t(`scope.${one}`)}
        </option>
      ))}
    </select>
  );
}
