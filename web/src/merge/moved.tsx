//! What moves along when two records become one: counted by a trial that writes nothing.

import { useTranslation } from "react-i18next";
import type { Merged } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import { Problems } from "../form/problems";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Loading } from "../ui/state";
import styles from "./merge.module.css";

export function Moved({ trial, error }: { trial: Merged | undefined; error: unknown }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  if (error) return <Problems error={error} />;
  return (
    <section aria-label={t("merge.moves")}>
      <h3 className={styles.head}>{t("merge.moves")}</h3>
      {!trial && <Loading />}
      {trial?.moved.length === 0 && <p className="gx-muted">{t("merge.moves_nothing")}</p>}
      <ul className={styles.moved}>
        {trial?.moved.map(({ object: name, field: fieldName, count, first }) => {
          const object = objectNamed(schema, name);
          const field = object?.fields.find((one) => one.name === fieldName);
          if (!object) return null;
          const titles = first.map(({ title }) => title).filter(Boolean);
          return (
            <li key={name + fieldName}>
              <Icon name={object.icon} size={14} />
              <span>
                <strong>{count}</strong> {label(object.plural_label)}
                <span className="gx-muted"> · {label(field?.label)}</span>
              </span>
              <span className="gx-muted gx-ellipsis">
                {titles.join(t("merge.and"))}
                {count > titles.length ? " …" : ""}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
