//! A filter as a sentence.

import { useTranslation } from "react-i18next";
import { useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { useFormat } from "../text/format";
import { describe } from "./describe";
import type { Filter } from "./filter";
import styles from "./quick.module.css";
import { useTitles } from "./titles";

const noField = { name: "", kind: "", label: { en: "", "zh-CN": "" } };

export default function FilterWords({ object, filter }: { object: ObjectSchema; filter: Filter }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const format = useFormat();
  const titles = useTitles(noField, []);
  return <p className={styles.sentence}>{describe(filter, object, { t, schema, format, titles })}</p>;
}
