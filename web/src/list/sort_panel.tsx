//! By what a list is ordered: several fields, first come first.

import { Button, CloseButton, NativeSelect, SegmentedControl } from "@mantine/core";
import "../theme/forms.css";
import { IconArrowUp, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ObjectSchema } from "../api/types";
import { formatSort, parseSort, type SortKey } from "../filters/filter";
import { useLabel } from "../text/label";
import styles from "./panels.module.css";
import type { ListState } from "./state";

/** Fields a list is ordered by at most. */
const sortsMax = 4;

export default function SortPanel({ object, state }: { object: ObjectSchema; state: ListState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const keys = parseSort(state.sort);
  const sortable = object.fields.filter(
    (field) => field.sortable && field.name !== "id" && field.name !== "version",
  );
  const free = sortable.filter(({ name }) => !keys.some(({ field }) => field === name));
  const put = (next: SortKey[]) => {
    const text = formatSort(next);
    state.set({ sort: text === (state.view.sort ?? []).join(",") ? null : text });
  };
  const change = (index: number, key: SortKey) => put(keys.map((old, at) => (at === index ? key : old)));
  return (
    <div className={styles.panel}>
      <h2 className={styles.title}>{t("list.sort")}</h2>
      {keys.map((key, index) => (
        <div key={key.field} className={styles.sortRow}>
          <NativeSelect
            size="xs"
            aria-label={t("filter.field")}
            value={key.field}
            onChange={({ currentTarget }) => change(index, { ...key, field: currentTarget.value })}
            data={sortable
              .filter(({ name }) => name === key.field || !keys.some(({ field }) => field === name))
              .map((field) => ({ value: field.name, label: label(field.label) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("list.direction")}
            value={key.descending ? "down" : "up"}
            onChange={(way) => change(index, { ...key, descending: way === "down" })}
            data={[
              { value: "up", label: t("list.up") },
              { value: "down", label: t("list.down") },
            ]}
          />
          {index > 0 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-label={t("list.sooner")}
              onClick={() => {
                const next = [...keys];
                next.splice(index - 1, 0, ...next.splice(index, 1));
                put(next);
              }}
            >
              <IconArrowUp size={14} />
            </Button>
          )}
          <CloseButton
            size="sm"
            aria-label={t("list.no_sort")}
            onClick={() => put(keys.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {keys.length < sortsMax && free[0] && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={13} />}
          onClick={() => put([...keys, { field: free[0]?.name ?? "", descending: false }])}
        >
          {t("list.add_sort")}
        </Button>
      )}
    </div>
  );
}
