//! What a role may do with single fields of an object: nothing, covered, read, write.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changed, createRecord, deleteRecord, updateRecord } from "../api/records";
import { objectNamed, speaking, useSchema } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { allQuery } from "./all";
import styles from "./roles.module.css";

const levels = ["write", "read", "masked", "hidden"] as const;

export function FieldRights({ role, object }: { role: CrmRecord; object: ObjectSchema }) {
  const { t } = useTranslation();
  const rights = objectNamed(useSchema(), "role_field_right") as ObjectSchema;
  const filter = {
    and: [
      { field: "role", op: "eq", value: role.id },
      { field: "object", op: "eq", value: object.name },
    ],
  };
  const { data } = useQuery(allQuery(rights, filter, "field"));
  if (!data) return <Loading />;
  return (
    <div>
      <p className="gx-muted">{t("roles.fields")}</p>
      <ul className={styles.fieldList}>
        {speaking(object).map((field) => (
          <One
            key={field.name}
            role={role}
            object={object}
            rights={rights}
            field={field}
            standing={data.find((one) => one.field === field.name)}
          />
        ))}
      </ul>
    </div>
  );
}

interface OneProps {
  role: CrmRecord;
  object: ObjectSchema;
  rights: ObjectSchema;
  field: Field;
  standing?: CrmRecord;
}

function One({ role, object, rights, field, standing }: OneProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async (access: string) => {
      if (!standing) {
        const values = { role: role.id, object: object.name, field: field.name, access };
        await createRecord(rights, values, crypto.randomUUID());
      } else if (access === "write") await deleteRecord(rights, standing.id, standing.version);
      else await updateRecord(rights, standing.id, standing.version, { access });
    },
    onError: sayProblem,
    onSettled: () => changed(client, rights.name),
  });
  const shown = save.isPending ? save.variables : (standing?.access ?? "write");
  const name = label(field.label);
  return (
    <li>
      <span className="gx-ellipsis">{name}</span>
      <select
        className={styles.scope}
        data-access={shown}
        aria-label={name}
        value={shown}
        disabled={save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.value)}
      >
        {levels.map((level) => (
          <option key={level} value={level}>
            {t(`access.${level}`)}
          </option>
        ))}
      </select>
    </li>
  );
}
