//! The day: what wants attention, what stands in the pipeline, what was won; one's own, the team's, or everybody's.

import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { may, objectNamed, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import { later } from "../i18n/later";
import { bars, figures, team, todos, type Whose } from "../objects/home";
import { useFormat } from "../text/format";
import { toWall } from "../text/zone";
import { useTitle } from "../ui/title";
import { BarsTile } from "./bars";
import { FigureTile } from "./figure";
import styles from "./home.module.css";
import { TodoTile } from "./todo";

const Begin = later(() => import("../welcome/begin"));

export interface Around {
  whose: Whose;
  department: string | undefined;
  today: string;
}

const key = "guanxi.whose";

/** Whose work was looked at last on this device. */
function remembered(): Whose | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === "me" || text === "team" || text === "all" ? text : undefined;
  } catch {
    return undefined;
  }
}

export default function HomePage() {
  const { t } = useTranslation();
  const schema = useSchema();
  const { user } = useMe();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  useTitle(t("home.title"));
  const given = params.get("whose");
  const [chosen, setChosen] = useState(() => remembered() ?? (user.administrator ? "all" : "me"));
  const whose: Whose = given === "me" || given === "team" || given === "all" ? given : chosen;
  const choose = (one: Whose) => {
    try {
      localStorage.setItem(key, one);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
    setChosen(one);
    setParams({ whose: one }, { replace: true });
  };
  const now = toWall(new Date().toISOString(), format.timeZone);
  const around: Around = { whose, department: user.department?.id, today: now.slice(0, 10) };
  const offered = <T extends { object: string }>(all: T[]): T[] =>
    all.filter((one) => {
      const object = objectNamed(schema, one.object);
      return object && may(object, "read");
    });
  const choices: Whose[] = ["me", ...(user.department ? (["team"] as const) : []), "all"];
  const hour = Number(now.slice(11, 13));
  const greeting =
    hour < 5 ? "night" : hour < 11 ? "morning" : hour < 14 ? "noon" : hour < 18 ? "afternoon" : "evening";
  const date = new Intl.DateTimeFormat(format.locale, {
    month: "long",
    day: "numeric",
    weekday: "long",
    timeZone: "UTC",
  });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{t(`home.${greeting}`, { name: user.name })}</h1>
          <p className="gx-muted">{date.format(new Date(`${around.today}T00:00:00Z`))}</p>
        </div>
        <div className={styles.whose} role="group" aria-label={t("home.whose")}>
          {choices.map((one) => (
            <button key={one} type="button" aria-pressed={one === whose} onClick={() => choose(one)}>
              {t(`home.${one}`)}
            </button>
          ))}
        </div>
      </header>
      {user.administrator && (
        <Suspense fallback={null}>
          <Begin />
        </Suspense>
      )}
      <section className={styles.figures} aria-label={t("home.figures")}>
        {offered(figures).map((figure) => (
          <FigureTile key={figure.key} figure={figure} around={around} />
        ))}
      </section>
      <div className={styles.columns}>
        <section className={styles.todos} aria-label={t("home.todos")}>
          {offered(todos).map((todo) => (
            <TodoTile key={todo.key} todo={todo} around={around} />
          ))}
        </section>
        <section className={styles.aside} aria-label={t("home.charts")}>
          {offered(bars).map((one) => (
            <BarsTile key={one.key} bars={one} around={around} />
          ))}
          {whose !== "me" &&
            offered(team).map((one) => <BarsTile key={one.key} bars={one} around={around} people />)}
        </section>
      </div>
    </div>
  );
}
