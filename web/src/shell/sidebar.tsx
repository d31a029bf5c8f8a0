//! Objects by module, and what was seen last.

import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import { may, objectNamed, useSchema } from "../api/schema";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { useRecents } from "./recent";
import styles from "./shell.module.css";

/** Recent records shown here; the palette has more. */
const recentShown = 5;

export function Sidebar() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const recents = useRecents().slice(0, recentShown);
  return (
    <nav className={styles.nav} aria-label={t("shell.navigation")}>
      {schema.modules.map((module) => {
        const objects = schema.objects.filter(
          (object) => object.module === module.name && !object.hidden && may(object, "read"),
        );
        if (objects.length === 0) return null;
        return (
          <section key={module.name}>
            <h2 className={styles.module}>{label(module.label)}</h2>
            <ul>
              {objects.map((object) => (
                <li key={object.name}>
                  <NavLink className={styles.item} to={`/${object.plural}`}>
                    <Icon name={object.icon} />
                    <span className="gx-ellipsis">{label(object.plural_label)}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {recents.length > 0 && (
        <section>
          <h2 className={styles.module}>{t("shell.recent")}</h2>
          <ul>
            {recents.map((recent) => {
              const object = objectNamed(schema, recent.object);
              return object ? (
                <li key={recent.id}>
                  <Link className={styles.item} to={`/${object.plural}/${recent.id}`}>
                    <Icon name={object.icon} />
                    <span className="gx-ellipsis">{recent.title}</span>
                  </Link>
                </li>
              ) : null;
            })}
          </ul>
        </section>
      )}
    </nav>
  );
}
