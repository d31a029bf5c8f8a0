//! Objects by module, and what was seen last.

import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
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
          <Module key={module.name} name={module.name} title={label(module.label)}>
            {objects.map((object) => (
              <li key={object.name}>
                <NavLink className={styles.item} to={`/${object.plural}`}>
                  <Icon name={object.icon} />
                  <span className="gx-ellipsis">{label(object.plural_label)}</span>
                </NavLink>
              </li>
            ))}
          </Module>
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

const key = "guanxi.folded";

function readFolded(): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

/** A module that can be folded away; which are is remembered on this device. */
function Module({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const [open, setOpen] = useState(() => !readFolded().includes(name));
  const toggle = () => {
    const others = readFolded().filter((one) => one !== name);
    try {
      localStorage.setItem(key, JSON.stringify(open ? [...others, name] : others));
    } catch {
      // Storage may be refused; folding then lasts as long as the page.
    }
    setOpen(!open);
  };
  return (
    <section>
      <h2 className={styles.module}>
        <button type="button" aria-expanded={open} onClick={toggle}>
          {title}
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </h2>
      {open && <ul>{children}</ul>}
    </section>
  );
}
