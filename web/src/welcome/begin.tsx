//! The first steps of a new firm, until they are done or put away: colleagues, data, a protected account.

import { Button, CloseButton } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { securityQuery } from "../api/access";
import { fewQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import styles from "./begin.module.css";

const key = "guanxi.begun";

function putAway(): boolean {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return false;
  }
}

export default function Begin() {
  const schema = useSchema();
  const users = objectNamed(schema, "user");
  const first = schema.objects.find(({ searchable, hidden }) => searchable && !hidden);
  const [away, setAway] = useState(putAway);
  if (away || !users || !first) return null;
  return (
    <Steps
      users={users}
      first={first}
      onAway={() => {
        try {
          localStorage.setItem(key, "yes");
        } catch {
          // Storage may be refused: it is then put away as long as the page lasts.
        }
        setAway(true);
      }}
    />
  );
}

function Steps({ users, first, onAway }: { users: ObjectSchema; first: ObjectSchema; onAway: () => void }) {
  const { t } = useTranslation();
  const people = useQuery(fewQuery(users, { limit: 2, fields: "name" }));
  const records = useQuery(fewQuery(first, { limit: 1, fields: first.title_field }));
  const security = useQuery(securityQuery);
  if (!people.data || !records.data || !security.data) return null;
  const steps = [
    { name: "invite", to: "/settings/users", done: people.data.items.length > 1 },
    { name: "data", to: "/import", done: records.data.items.length > 0 },
    {
      name: "protect",
      to: "/settings/security",
      done: security.data.code || security.data.passkeys.length > 0,
    },
  ];
  // A firm at work is past its beginning, whatever its administrator's account has.
  if (steps[0]?.done && steps[1]?.done) return null;
  return (
    <section className={styles.begin} aria-label={t("begin.title")}>
      <header>
        <h2>{t("begin.title")}</h2>
        <p className="gx-muted">{t("begin.text")}</p>
        <CloseButton className={styles.close} aria-label={t("begin.away")} onClick={onAway} />
      </header>
      <ol>
        {steps.map(({ name, to, done }) => (
          <li key={name} data-done={done || undefined}>
            {done ? (
              <IconCircleCheckFilled size={20} aria-hidden="true" />
            ) : (
              <IconCircle size={20} stroke={1.5} aria-hidden="true" />
            )}
            <span>
              <strong>{t(`begin.${name}`)}</strong>
              <span className="gx-muted">{done ? t("begin.done") : t(`begin.${name}_text`)}</span>
            </span>
            {!done && (
              <Button component={Link} variant="default" to={to}>
                {t(`begin.${name}_go`)}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
