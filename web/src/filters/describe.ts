//! A filter in words, for chips and tooltips. The builder changes it; this only reads it.

import type { TFunction } from "i18next";
import { fieldAt, fieldsOn } from "../api/schema";
import type { ObjectSchema, Ref, Schema, Value } from "../api/types";
import { valueText } from "../fields";
import type { Format } from "../text/format";
import { label } from "../text/label";
import { arity, type Condition, type Filter, isCondition, isGroup, joinOf, partsOf } from "./filter";

export interface Words {
  t: TFunction;
  schema: Schema;
  format: Format;
  titles: ReadonlyMap<string, string>;
}

function value(condition: Condition, object: ObjectSchema, words: Words): string {
  const { t, schema, format, titles } = words;
  const field = fieldAt(schema, object, condition.field);
  const how = arity(condition.op);
  if (!field || how === "none") return "";
  if (how === "period") {
    const days = /^(last|next)_(\d+)_days$/.exec(condition.value);
    return days ? t(`period.${days[1]}_days`, { count: Number(days[2]) }) : t(`period.${condition.value}`);
  }
  const one = (item: Value): string => {
    if (field.target && typeof item === "string")
      return item === "me" ? t("field.me") : (titles.get(item) ?? "…");
    const ref = item as Ref | null;
    return (
      ref?.title ??
      valueText(field.kind === "many_choices" ? { ...field, kind: "choice" } : field, item, format)
    );
  };
  const list = Array.isArray(condition.value) ? condition.value : [condition.value];
  return list.map(one).join(how === "pair" ? " – " : format.locale === "zh-CN" ? "、" : ", ");
}

export function describe(filter: Filter, object: ObjectSchema, words: Words): string {
  const { t, schema, format } = words;
  if (isCondition(filter)) {
    const name = fieldsOn(schema, object, filter.field).map((field) => label(field.label, format.locale));
    const kind = fieldAt(schema, object, filter.field)?.kind;
    const key = kind === "date" || kind === "instant" ? `op_date.${filter.op}` : `op.${filter.op}`;
    return [name.join(" › "), t(key, { defaultValue: t(`op.${filter.op}`) }), value(filter, object, words)]
      .filter(Boolean)
      .join(" ");
  }
  if ("search" in filter) return `“${filter.search}”`;
  if ("not" in filter) return `${t("filter.not")} (${describe(filter.not, object, words)})`;
  if (!isGroup(filter)) return "";
  const parts = partsOf(filter).map((part) =>
    isGroup(part) ? `(${describe(part, object, words)})` : describe(part, object, words),
  );
  return parts.join(` ${t(`filter.${joinOf(filter)}`).toLowerCase()} `);
}
