//! One number of the day's page with its course over the last weeks. It opens the list it was counted from.

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { aggregateQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { Group, Money, ObjectSchema } from "../api/types";
import { both, type Filter } from "../filters/filter";
import { asked, type Figure, ofWhom } from "../objects/home";
import { formatCount, formatMoney, formatMoneyShort, useFormat } from "../text/format";
import { listAddress } from "./behind";
import styles from "./home.module.css";
import type { Around } from "./page";
import { Spark, weeks } from "./spark";

interface Props {
  figure: Figure;
  around: Around;
}

export function FigureTile({ figure, around }: Props) {
  const object = objectNamed(useSchema(), figure.object);
  return object ? <Tile object={object} figure={figure} around={around} /> : null;
}

/** A measure of a group as an amount, or as a number. */
export function measured(group: Group | undefined, measure: string, currency: string): Money | number {
  const value: unknown = group?.[measure];
  if (measure === "count") return Number(value ?? 0);
  if (typeof value === "object" && value !== null) return value as Money;
  return { amount: String(value ?? "0"), currency };
}

function Tile({ object, figure, around }: Props & { object: ObjectSchema }) {
  const { t } = useTranslation();
  const format = useFormat();
  const filter = asked(figure.filter, around.whose, around.department, around.today);
  const { data, isPending } = useQuery(
    aggregateQuery(object, "", `count,${figure.measure}`.replace("count,count", "count"), filter),
  );
  const group = data?.groups[0];
  const value = measured(group, figure.measure, format.currency);
  const isMoney = typeof value === "object";
  return (
    <Link to={listAddress(object, filter)} className={styles.figure}>
      <span className={styles.figureName}>{t(`home.${figure.key}`)}</span>
      {isPending ? (
        <Skeleton height={24} width={90} />
      ) : (
        <strong title={isMoney ? formatMoney(value, format) : undefined}>
          {isMoney ? formatMoneyShort(value, format) : formatCount(value, true, format)}
        </strong>
      )}
      <span className={styles.figureFoot}>
        {isMoney && group && (
          <span className="gx-muted">{t("home.records", { count: group.count ?? 0 })}</span>
        )}
        {figure.spark && <Course object={object} figure={figure} around={around} />}
      </span>
    </Link>
  );
}

/** Weeks a spark line shows. */
const weeksShown = 12;

function Course({ object, figure, around }: Props & { object: ObjectSchema }) {
  const { t } = useTranslation();
  const { spark } = figure;
  const all = weeks(around.today, weeksShown);
  const since: Filter = { field: spark?.by ?? "", op: "within", value: `last_${weeksShown * 7}_days` };
  const filter = both(spark?.filter, since, ofWhom(around.whose, around.department));
  const { data } = useQuery(aggregateQuery(object, `${spark?.by}:week`, figure.measure, filter));
  if (!data) return null;
  const byWeek = new Map(data.groups.map((group) => [String(group.key[0]), group]));
  const values = all.map((week) => {
    const value = measured(byWeek.get(week), figure.measure, "");
    return typeof value === "object" ? Number(value.amount) : value;
  });
  return <Spark values={values} label={t("home.spark", { count: weeksShown })} />;
}
