//! The value of a condition: one value, a pair, a list, a period, or nothing, by operator. Stores what the API takes.

import { Group, NativeSelect, NumberInput } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Ref, Value } from "../api/types";
import { kindOf, sendable } from "../fields";
import type { InputProps } from "../fields/kind";
import { arity } from "./filter";
import { titlesOf, useTitles } from "./titles";

const periods = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "last_N_days",
  "next_N_days",
  "overdue",
];

interface Props {
  field: Field;
  op: string;
  value: Value;
  onChange: (value: Value) => void;
}

function Period({ value, onChange }: Pick<Props, "value" | "onChange">) {
  const { t } = useTranslation();
  const days = /^(last|next)_(\d+)_days$/.exec(value ?? "");
  const token = days ? `${days[1]}_N_days` : (value ?? "");
  return (
    <Group gap={4} wrap="nowrap">
      <NativeSelect
        size="xs"
        aria-label={t("filter.value")}
        style={{ flex: 1 }}
        value={token}
        onChange={({ currentTarget }) => onChange(currentTarget.value.replace("_N_", "_30_"))}
        data={[
          { value: "", label: "—" },
          ...periods.map((period) => ({ value: period, label: t(`period.${period}`) })),
        ]}
      />
      {days && (
        <NumberInput
          size="xs"
          w={70}
          aria-label={t("filter.days")}
          min={1}
          max={3650}
          value={Number(days[2])}
          onChange={(count) => onChange(`${days[1]}_${Number(count) || 1}_days`)}
        />
      )}
    </Group>
  );
}

/** Links are stored by id in the filter; their titles are kept beside it, so that they can be shown. */
function hydrate(field: Field, value: Value, titles: Map<string, string>, meTitle: string): Value {
  if (!field.target || value === null || value === undefined) return value;
  const ref = (id: string): Ref => ({ id, title: id === "me" ? meTitle : (titles.get(id) ?? "…") });
  return Array.isArray(value) ? value.map(ref) : ref(value);
}

function One({ field, op, value, onChange }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(field);
  const list = arity(op) === "list";
  const Editor = (list ? kind.OperandList : undefined) ?? kind.Operand ?? kind.Input;
  const titles = useTitles(field, list ? value : [value]);
  const shown = hydrate(field, value, titles, t("field.me"));
  const props: InputProps = {
    field: { ...field, required: false },
    value: shown,
    bare: true,
    onChange: (next) => {
      titlesOf(next);
      onChange(sendable(field, next));
    },
  };
  return (
    <Suspense fallback={null}>
      <Editor {...props} />
    </Suspense>
  );
}

export function Operand(props: Props) {
  const { value, onChange, op } = props;
  const [half, setHalf] = useState<Value[]>([]);
  switch (arity(op)) {
    case "none":
      return null;
    case "period":
      return <Period value={value} onChange={onChange} />;
    case "pair": {
      const pair: Value[] = Array.isArray(value) ? value : half;
      const set = (index: number) => (next: Value) => {
        const changed = [pair[0] ?? null, pair[1] ?? null];
        changed[index] = next;
        setHalf(changed);
        onChange(changed);
      };
      return (
        <Group gap={4} wrap="nowrap" grow>
          <One {...props} value={pair[0]} onChange={set(0)} />
          <One {...props} value={pair[1]} onChange={set(1)} />
        </Group>
      );
    }
    default:
      return <One {...props} />;
  }
}
