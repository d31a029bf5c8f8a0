//! Filters at one press: what the list's choices and people are most often narrowed to. They are parts of the filter.

import { Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Field, ObjectSchema } from "../api/types";
import type { ListState } from "../list/state";
import { useLabel } from "../text/label";
import { Dot } from "../ui/chip";
import { MenuButton } from "../ui/menu";
import { chosenIn, withChosen } from "./filter";
import styles from "./quick.module.css";

/** Fields offered beside "mine". */
const quickMax = 3;

export function QuickFilters({ object, state }: { object: ObjectSchema; state: ListState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const owner = object.fields.find(({ kind, name }) => kind === "person" && name === "owner");
  const shown = new Set(state.columns.map(({ path }) => path));
  const choices = object.fields
    .filter(({ kind, options }) => kind === "choice" && (options?.length ?? 0) > 1)
    .filter(({ name }) => shown.has(name) || chosenIn(state.filter, name).length > 0)
    .slice(0, quickMax);
  const mine = !!owner && chosenIn(state.filter, owner.name).includes("me");
  return (
    <span className={styles.quick} role="group" aria-label={t("filter.quick")}>
      {owner && (
        <Button
          variant={mine ? "light" : "default"}
          aria-pressed={mine}
          onClick={() => state.setFilter(withChosen(state.filter, owner.name, mine ? [] : ["me"]))}
        >
          {t("filter.mine")}
        </Button>
      )}
      {choices.map((field) => (
        <ChoiceFilter key={field.name} field={field} state={state} label={label(field.label)} />
      ))}
    </span>
  );
}

function ChoiceFilter({ field, state, label }: { field: Field; state: ListState; label: string }) {
  const { t } = useTranslation();
  const inWords = useLabel();
  const chosen = chosenIn(state.filter, field.name);
  const toggle = (value: string) =>
    state.setFilter(
      withChosen(
        state.filter,
        field.name,
        chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value],
      ),
    );
  const first = field.options?.find(({ value }) => value === chosen[0]);
  const words =
    chosen.length === 0 ? label : chosen.length === 1 ? inWords(first?.label) : `${label} · ${chosen.length}`;
  return (
    <MenuButton
      label={t("filter.by", { field: label })}
      variant={chosen.length > 0 ? "light" : "default"}
      className={styles.choice}
      parts={() => [
        ...(field.options ?? []).map((option) => ({
          key: option.value,
          text: inWords(option.label),
          icon: <Dot color={option.color} />,
          checked: chosen.includes(option.value),
          stays: true,
          act: () => toggle(option.value),
        })),
        ...(chosen.length > 0
          ? [
              { key: "line", divider: true as const },
              {
                key: "clear",
                text: t("form.clear"),
                act: () => state.setFilter(withChosen(state.filter, field.name, [])),
              },
            ]
          : []),
      ]}
    >
      <span className={styles.words}>
        <span className="gx-ellipsis">{words}</span>
        <IconChevronDown size={12} aria-hidden="true" />
      </span>
    </MenuButton>
  );
}
