//! Roles: who has them, and a readable matrix of what they may do with whose records.

import { Button } from "@mantine/core";
import { IconPlus, IconShield } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { changed } from "../api/records";
import { may, objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import { Failed, Loading } from "../ui/state";
import { allQuery } from "./all";
import { Matrix } from "./role_matrix";
import styles from "./roles.module.css";

/** The role that may do everything by itself; the server knows it by this code. */
const administrator = "administrator";

export default function Roles() {
  const roles = objectNamed(useSchema(), "role");
  return roles ? <List roles={roles} /> : null;
}

function List({ roles }: { roles: ObjectSchema }) {
  const { t } = useTranslation();
  const create = useCreate();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useQuery(allQuery(roles, null, "created_at"));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const role = data.find(({ id }) => id === params.get("role")) ?? data[0];
  const show = (id: string) => setParams({ role: id }, { replace: true });
  return (
    <div className={styles.columns}>
      <div>
        <ul className={styles.list} aria-label={t("settings.roles")}>
          {data.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one === role || undefined} onClick={() => show(one.id)}>
                {one.name}
              </button>
            </li>
          ))}
        </ul>
        {may(roles, "create") && (
          <Button
            variant="default"
            fullWidth
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              create(roles, {}, (made) => {
                void changed(client, roles.name);
                show(made.id);
              })
            }
          >
            {t("roles.add")}
          </Button>
        )}
      </div>
      {role && <One key={role.id} roles={roles} role={role} />}
    </div>
  );
}

function One({ roles, role }: { roles: ObjectSchema; role: CrmRecord }) {
  const { t } = useTranslation();
  const users = objectNamed(useSchema(), "user");
  const holders = { field: "roles", op: "has_any", value: [role.id] };
  return (
    <section aria-label={role.name}>
      <header className={styles.head}>
        <div>
          <h2>{role.name}</h2>
          <p className="gx-muted">{role.description}</p>
        </div>
        {users && (
          <Button
            component={Link}
            variant="default"
            to={`/${users.plural}?filter=${encodeURIComponent(JSON.stringify(holders))}`}
          >
            {t("roles.holders")}
          </Button>
        )}
        <Button component={Link} variant="default" to={`/${roles.plural}/${role.id}`}>
          {t("roles.open")}
        </Button>
      </header>
      {role.code === administrator ? (
        <p className={styles.all}>
          <IconShield size={18} stroke={1.5} aria-hidden="true" />
          {t("roles.administrator")}
        </p>
      ) : (
        <Matrix role={role} />
      )}
    </section>
  );
}
