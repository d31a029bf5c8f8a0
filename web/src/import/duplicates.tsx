//! What happens to rows whose record is there already.

import { MultiSelect, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Mapping } from "../api/transfers";
import type { ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import styles from "./import.module.css";

const policies = ["create", "skip", "update", "create_or_update"] as const;

interface Props {
  object: ObjectSchema;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

export function Duplicates({ object, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const filled = new Set(Object.values(mapping.columns).map(({ field }) => field));
  const fields = object.fields.filter(({ name }) => filled.has(name));
  return (
    <fieldset className={styles.box}>
      <legend>{t("import.duplicates")}</legend>
      <Radio.Group
        aria-label={t("import.duplicates")}
        value={mapping.policy}
        onChange={(policy) => onChange({ ...mapping, policy: policy as Mapping["policy"] })}
      >
        <div className={styles.policies}>
          {policies.map((policy) => (
            <Radio key={policy} size="xs" value={policy} label={t(`import.policy_${policy}`)} />
          ))}
        </div>
      </Radio.Group>
      {mapping.policy !== "create" && (
        <MultiSelect
          mt="md"
          className={styles.short}
          size="xs"
          label={t("import.match_on")}
          data={fields.map((field) => ({ value: field.name, label: label(field.label) }))}
          value={mapping.match_on.filter((name) => filled.has(name))}
          onChange={(match_on) => onChange({ ...mapping, match_on })}
        />
      )}
    </fieldset>
  );
}
