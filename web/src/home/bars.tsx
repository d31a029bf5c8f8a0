//! Groups side by side as bars, such as a pipeline by stage or a team by person. Each opens the list behind it.

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { aggregateQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { Group, ObjectSchema, Ref } from "../api/types";
import { valueText } from "../fields";
import { both } from "../filters/filter";
import { asked, type Bars } from "../objects/home";
import { useSteps } from "../record/steps";
import { formatCount, formatMoneyShort, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { listAddress } from "./behind";
import { measured } from "./figure";
import styles from "./home.module.css";
import type { Around } from "./page";

/** Bars shown. */
const barsMax = 12;

interface Props {
  bars: Bars;
  around: Around;
  people?: boolean;
}

export function BarsTile(props: Props) {
  const object = objectNamed(useSchema(), props.bars.object);
  return object ? <Tile {...props} object={object} /> : null;
}

function Tile({ object, bars, around, people }: Props & { object: ObjectSchema }) {
  const { t } = useTranslation();
  const format = useFormat();
  const filter = asked(bars.filter, around.whose, around.department, around.today);
  const { data, isPending } = useQuery(
    aggregateQuery(object, bars.group, `count,${bars.measure}`.replace("count,count", "count"), filter),
  );
  const { field, steps } = useSteps(object, people ? null : bars.group);
  const amount = (group: Group): number => {
    const value = measured(group, bars.measure, format.currency);
    return typeof value === "object" ? Number(value.amount) : value;
  };
  const place = (group: Group) => {
    const at = steps.findIndex(({ id }) => id === (group.key[0] as Ref | null)?.id);
    return at < 0 ? steps.length : at;
  };
  const groups = [...(data?.groups ?? [])]
    .filter((group) => (group.count ?? 0) > 0)
    .sort((a, b) => place(a) - place(b) || amount(b) - amount(a))
    .slice(0, barsMax);
  const most = Math.max(...groups.map(amount), 1);
  return (
    <section className={styles.tile} aria-labelledby={`bars-${bars.key}`}>
      <header>
        <h2 id={`bars-${bars.key}`}>{t(`home.${bars.key}`)}</h2>
      </header>
      {isPending && <Skeleton height={90} />}
      {data && groups.length === 0 && <p className={styles.none}>{t("home.nothing")}</p>}
      <ul className={styles.bars}>
        {groups.map((group) => {
          const key = group.key[0] as Ref | string | null;
          const id = typeof key === "object" ? key?.id : key;
          const own = field ?? object.fields.find(({ name }) => name === bars.group);
          const name = key && own ? valueText(own, key, format) : t("list.no_value");
          const value = measured(group, bars.measure, format.currency);
          const condition = id
            ? { field: bars.group, op: "eq", value: id }
            : { field: bars.group, op: "is_empty" };
          return (
            <li key={id ?? "none"}>
              <Link to={listAddress(object, both(filter, condition))}>
                <span className={styles.barName}>
                  {people && <Avatar name={name} size={18} />}
                  <span className="gx-ellipsis">{name}</span>
                  <span className="gx-muted">{formatCount(group.count ?? 0, true, format)}</span>
                </span>
                <span className={styles.barValue}>
                  {typeof value === "object"
                    ? formatMoneyShort(value, format)
                    : formatCount(value, true, format)}
                </span>
                <span className={styles.bar} aria-hidden="true">
                  <span style={{ width: `${Math.max(1, (amount(group) / most) * 100)}%` }} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
