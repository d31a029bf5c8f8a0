//! Settings: one's own account, and for administrators the firm. Each part has its address.

import "../theme/forms.css";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, useParams } from "react-router";
import { schemaQuery } from "../api/schema";
import { useMe } from "../api/session";
import { administered } from "../objects/administered";
import { NotFound } from "../shell/not_found";
import { useLabel } from "../text/label";
import { Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import styles from "./settings.module.css";

interface Part {
  name: string;
  Page: ComponentType;
}

const mine: Part[] = [
  { name: "profile", Page: lazy(() => import("./profile")) },
  { name: "security", Page: lazy(() => import("./security")) },
  { name: "notifications", Page: lazy(() => import("./notifications")) },
  { name: "api_keys", Page: lazy(() => import("./api_keys")) },
];

const people: Part[] = [
  { name: "company", Page: lazy(() => import("./company")) },
  { name: "users", Page: lazy(() => import("./users")) },
  { name: "departments", Page: lazy(() => import("./departments")) },
  { name: "roles", Page: lazy(() => import("./roles")) },
];

const upkeep: Part[] = [
  { name: "audit", Page: lazy(() => import("./audit")) },
  { name: "access_log", Page: lazy(() => import("./access_log")) },
  { name: "jobs", Page: lazy(() => import("./jobs")) },
  { name: "backup", Page: lazy(() => import("./backup")) },
  { name: "about", Page: lazy(() => import("./about")) },
];

const Administered = lazy(() => import("./administered"));

export default function SettingsPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const { part = "" } = useParams();
  const { user } = useMe();
  const schema = useQuery(schemaQuery).data;
  const objects = user.administrator
    ? administered.flatMap(({ object: name }) => schema?.objects.find((one) => one.name === name) ?? [])
    : [];
  const all = [...mine, ...(user.administrator ? [...people, ...upkeep] : [])];
  const found = all.find(({ name }) => name === part);
  const object = objects.find(({ plural }) => plural === part);
  const title = found ? t(`settings.${found.name}`) : object ? label(object.plural_label) : undefined;
  useTitle(title ?? t("settings.title"));
  if (!part) return <Navigate to="/settings/profile" replace />;
  const group = (heading: string, parts: Part[]) => (
    <Group title={t(`settings.${heading}`)}>
      {parts.map(({ name }) => (
        <Item key={name} to={name} text={t(`settings.${name}`)} />
      ))}
    </Group>
  );
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label={t("settings.title")}>
        {group("mine", mine)}
        {user.administrator && group("people", people)}
        {objects.length > 0 && (
          <Group title={t("settings.objects")}>
            {objects.map((one) => (
              <Item key={one.name} to={one.plural} text={label(one.plural_label)} />
            ))}
          </Group>
        )}
        {user.administrator && group("upkeep", upkeep)}
      </nav>
      <div className={styles.body}>
        {!found && !object ? (
          <NotFound />
        ) : (
          <section className={styles.part} data-part={part} aria-labelledby="settings-part">
            <header className={styles.head}>
              <h1 id="settings-part">{title}</h1>
              {found && <p className="gx-muted">{t(`settings.${found.name}_hint`)}</p>}
            </header>
            <Suspense fallback={<Loading />}>
              {found ? <found.Page key={part} /> : <Administered key={part} plural={part} />}
            </Suspense>
          </section>
        )}
      </div>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Item({ to, text }: { to: string; text: string }) {
  return (
    <li>
      <NavLink to={`/settings/${to}`}>{text}</NavLink>
    </li>
  );
}
