//! Where one can go: home, favourites, pinned views, objects by module, and what was seen last.

import {
  IconChevronDown,
  IconHome,
  IconSearch,
  IconStar,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, useLocation } from "react-router";
import { may, objectNamed, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { useSavedViews } from "../views/views";
import { isFavourite, useFavourites } from "./favourites";
import { fetchAhead } from "./prefetch";
import { useRecents } from "./recent";
import styles from "./shell.module.css";

/** Recent records shown here; the palette has more. */
const recentShown = 5;

export function Sidebar() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  return (
    <nav className={styles.nav} aria-label={t("shell.navigation")}>
      <ul>
        <Place to="/" icon={<IconHome size={16} stroke={1.6} />} text={t("home.title")} />
        <Place to="/search" icon={<IconSearch size={16} stroke={1.6} />} text={t("search.title")} />
      </ul>
      <Kept />
      {schema.modules.map((module) => {
        const objects = schema.objects.filter(
          (object) => object.module === module.name && !object.hidden && may(object, "read"),
        );
        if (objects.length === 0) return null;
        return (
          <Module key={module.name} name={module.name} title={label(module.label)}>
            {objects.map((object) => (
              <ObjectItem key={object.name} object={object} />
            ))}
          </Module>
        );
      })}
      <Recents />
      <ul>
        <Place to="/bin" icon={<IconTrash size={16} stroke={1.6} />} text={t("list.bin")} />
      </ul>
    </nav>
  );
}

function Place({ to, icon, text }: { to: string; icon: ReactNode; text: string }) {
  return (
    <li>
      <NavLink className={styles.item} to={to} end>
        {icon}
        <span className="gx-ellipsis">{text}</span>
      </NavLink>
    </li>
  );
}

function ObjectItem({ object }: { object: ObjectSchema }) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const favourite = { object: object.name };
  const { favourites, toggle } = useFavourites();
  const kept = isFavourite(favourites, favourite);
  const text = label(object.plural_label);
  return (
    <li
      className={styles.line}
      onMouseEnter={() => fetchAhead(client, object)}
      onFocus={() => fetchAhead(client, object)}
    >
      <NavLink className={styles.item} to={`/${object.plural}`}>
        <Icon name={object.icon} />
        <span className="gx-ellipsis">{text}</span>
      </NavLink>
      <button
        type="button"
        className={styles.star}
        aria-pressed={kept}
        aria-label={t("shell.favourite", { title: text })}
        title={t("shell.favourite", { title: text })}
        onClick={() => toggle(favourite)}
      >
        {kept ? <IconStarFilled size={13} /> : <IconStar size={13} />}
      </button>
    </li>
  );
}

/** Favourites and pinned views, which lead to where one works most. */
function Kept() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const { favourites, toggle } = useFavourites();
  const { pathname, search } = useLocation();
  const pinned = useSavedViews().views.filter(({ saved }) => saved.pinned);
  const view = new URLSearchParams(search).get("view");
  if (favourites.length + pinned.length === 0) return null;
  return (
    <Module name="favourites" title={t("shell.favourites")}>
      {favourites.map((one) => {
        const object = objectNamed(schema, one.object);
        if (!object) return null;
        const to = one.id ? `/${object.plural}/${one.id}` : `/${object.plural}`;
        return (
          <li key={to} className={styles.line}>
            <NavLink className={styles.item} to={to} end>
              <Icon name={object.icon} />
              <span className="gx-ellipsis">{one.title ?? label(object.plural_label)}</span>
            </NavLink>
            <button
              type="button"
              className={styles.star}
              aria-pressed="true"
              aria-label={t("shell.favourite", { title: one.title ?? label(object.plural_label) })}
              onClick={() => toggle(one)}
            >
              <IconStarFilled size={13} />
            </button>
          </li>
        );
      })}
      {pinned.map((one) => {
        const object = objectNamed(schema, one.saved.object);
        if (!object) return null;
        const current = pathname === `/${object.plural}` && view === one.name;
        return (
          <li key={one.name}>
            <Link
              className={styles.item}
              to={`/${object.plural}?view=${one.name}`}
              aria-current={current ? "page" : undefined}
            >
              <Icon name={object.icon} />
              <span className="gx-ellipsis">{label(one.label)}</span>
            </Link>
          </li>
        );
      })}
    </Module>
  );
}

function Recents() {
  const { t } = useTranslation();
  const schema = useSchema();
  const recents = useRecents().slice(0, recentShown);
  if (recents.length === 0) return null;
  return (
    <Module name="recent" title={t("shell.recent")}>
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
    </Module>
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
