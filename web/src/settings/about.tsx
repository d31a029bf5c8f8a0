//! How the program and its data are.

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { aboutQuery } from "../api/access";
import { prefix } from "../api/client";
import { objectNamed, useSchema } from "../api/schema";
import { formatCount, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { Panel } from "./parts";
import styles from "./settings.module.css";

const healthQuery = {
  queryKey: ["health"],
  queryFn: async () => (await fetch(`${prefix}/readyz`)).ok,
};

export default function About() {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const schema = useSchema();
  const { data, error, refetch } = useQuery(aboutQuery);
  const health = useQuery(healthQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const facts = [
    [t("about.version"), data.version],
    [t("about.database"), data.database],
    [t("about.schema"), data.schema],
  ];
  return (
    <div className={styles.stack}>
      <Panel
        title="Guanxi"
        action={
          <Chip color={health.data ? "green" : "red"}>
            {t(health.data ? "about.healthy" : "about.unhealthy")}
          </Chip>
        }
      >
        <dl className={`${styles.keys} ${styles.inner}`}>
          {facts.map(([name, value]) => (
            <div key={name} className={styles.key}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t("about.records")}>
        <dl className={`${styles.keys} ${styles.inner}`}>
          {data.records.map(({ object: name, count, exact }) => {
            const object = objectNamed(schema, name);
            return object ? (
              <div key={name} className={styles.key}>
                <dt>
                  <Link className="gx-link" to={`/${object.plural}`}>
                    {label(object.plural_label)}
                  </Link>
                </dt>
                <dd>{formatCount(count, exact, format)}</dd>
              </div>
            ) : null;
          })}
        </dl>
      </Panel>
    </div>
  );
}
