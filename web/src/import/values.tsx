//! What a column's values are to become: each value of the file beside the option, or the words, it is taken as.

import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconArrowRight, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnRule } from "../api/transfers";
import type { Field } from "../api/types";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import styles from "./import.module.css";

interface Props {
  column: string;
  field: Field;
  samples: string[];
  rule: ColumnRule;
  onChange: (rule: ColumnRule) => void;
}

/** How many values are translated already, and the dialog to say which. */
export function Values(props: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const count = Object.keys(props.rule.translate ?? {}).length;
  return (
    <>
      <Button
        variant={count > 0 ? "light" : "subtle"}
        size="compact-sm"
        aria-label={t("import.values_of", { column: props.column })}
        onClick={() => setOpen(true)}
      >
        {count > 0 ? t("import.values_count", { count }) : t("import.values")}
      </Button>
      {open && <Translate {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Line {
  from: string;
  to: string;
}

function Translate({ column, field, samples, rule, onChange, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [lines, setLines] = useState<Line[]>(() => {
    const known = rule.translate ?? {};
    const seen = samples.filter((sample) => sample.trim() !== "" && !(sample in known));
    return [
      ...Object.entries(known).map(([from, to]) => ({ from, to })),
      ...[...new Set(seen)].map((from) => ({ from, to: "" })),
    ];
  });
  const set = (index: number, line: Partial<Line>) =>
    setLines(lines.map((one, at) => (at === index ? { ...one, ...line } : one)));
  const options = field.options?.map((option) => ({ value: option.value, label: label(option.label) }));
  const save = () => {
    const kept = lines.filter(({ from, to }) => from.trim() && to.trim());
    const translate = Object.fromEntries(kept.map(({ from, to }) => [from, to]));
    onChange({ ...rule, translate: kept.length > 0 ? translate : undefined });
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} size={560} title={t("import.values_of", { column })}>
      <div className={styles.stack}>
        <p className="gx-muted">{t("import.values_text")}</p>
        {lines.map((line, index) => (
          <div key={index} className={styles.value}>
            <TextInput
              size="xs"
              aria-label={t("import.value_from")}
              value={line.from}
              onChange={(event) => set(index, { from: event.currentTarget.value })}
            />
            <IconArrowRight size={14} aria-hidden="true" />
            {options ? (
              <Select
                size="xs"
                aria-label={t("import.value_to", { value: line.from })}
                placeholder={t("import.value_same")}
                clearable
                searchable
                data={options}
                value={line.to || null}
                onChange={(to) => set(index, { to: to ?? "" })}
              />
            ) : (
              <TextInput
                size="xs"
                aria-label={t("import.value_to", { value: line.from })}
                placeholder={t("import.value_same")}
                value={line.to}
                onChange={(event) => set(index, { to: event.currentTarget.value })}
              />
            )}
            <ActionIcon
              aria-label={t("import.value_drop", { value: line.from })}
              onClick={() => setLines(lines.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        <Button
          className={styles.self}
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setLines([...lines, { from: "", to: "" }])}
        >
          {t("import.value_add")}
        </Button>
        <div className={styles.foot}>
          <span className={styles.grow} />
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button onClick={save}>{t("import.values_save")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
