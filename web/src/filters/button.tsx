//! The filter button of a list: opens the builder in a panel and applies complete conditions at once.

import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectSchema } from "../api/types";
import { PopButton } from "../ui/pop_button";
import { asGroup, complete, countConditions, type Filter, type Group } from "./filter";
import styles from "./quick.module.css";

const FilterBuilder = lazy(() => import("./builder"));
const FilterWords = lazy(() => import("./words"));

interface Props {
  object: ObjectSchema;
  value: Filter | null;
  onChange: (filter: Filter | null) => void;
}

export function FilterButton({ object, value, onChange }: Props) {
  const { t } = useTranslation();
  // While open, conditions still being written live here; what is complete is in the URL.
  const [draft, setDraft] = useState<Group>();
  const count = countConditions(value);
  const change = (group: Group) => {
    setDraft(group);
    const next = complete(group);
    if (JSON.stringify(next) !== JSON.stringify(complete(value))) onChange(next);
  };
  return (
    <PopButton
      label={t("filter.title")}
      variant={count > 0 ? "light" : "default"}
      width={640}
      left={<IconFilter size={14} />}
      right={count > 0 ? <span className={styles.badge}>{count}</span> : undefined}
      onOpen={() => setDraft(count === 0 ? { and: [{ field: "", op: "" }] } : asGroup(value))}
    >
      {(close) => (
        <div className={styles.panel}>
          <h2 className={styles.title}>{t("filter.title")}</h2>
          {count > 0 && value && <FilterWords object={object} filter={value} />}
          <FilterBuilder object={object} group={draft ?? asGroup(value)} onChange={change} />
          {count > 0 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              className={styles.clear}
              onClick={() => {
                onChange(null);
                close();
              }}
            >
              {t("filter.clear")}
            </Button>
          )}
        </div>
      )}
    </PopButton>
  );
}
