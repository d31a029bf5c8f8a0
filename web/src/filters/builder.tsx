//! Builds a filter: conditions and groups joined by and/or, three deep. Draws from the schema's operators.

import "../theme/forms.css";
import { Button, CloseButton, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconBan, IconFolderPlus, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fieldAt, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import styles from "./builder.module.css";
import { FieldPicker } from "./field_picker";
import {
  arity,
  type Condition,
  depthMax,
  type Filter,
  type Group,
  groupOf,
  isCondition,
  isGroup,
  joinOf,
  partsOf,
  withAdded,
  withPart,
} from "./filter";
import { Operand } from "./operand";

interface Props {
  object: ObjectSchema;
  group: Group;
  onChange: (group: Group) => void;
  depth?: number;
}

export default function FilterBuilder({ object, group, onChange, depth = 1 }: Props) {
  const { t } = useTranslation();
  const parts = partsOf(group);
  return (
    <fieldset className={styles.group} data-depth={depth} aria-label={t("filter.group")}>
      {parts.length > 1 && (
        <SegmentedControl
          size="xs"
          className={styles.join}
          value={joinOf(group)}
          onChange={(join) => onChange(groupOf(join as "and" | "or", parts))}
          data={[
            { value: "and", label: t("filter.and") },
            { value: "or", label: t("filter.or") },
          ]}
        />
      )}
      {parts.map((part, index) => (
        <Part
          // Parts have no identity of their own; the place is one as long as only one is changed at a time.
          key={index}
          object={object}
          part={part}
          depth={depth}
          onChange={(next) => onChange(withPart(group, index, next))}
        />
      ))}
      <div className={styles.add}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange(withAdded(group, { field: "", op: "" }))}
        >
          {t("filter.add")}
        </Button>
        {depth < depthMax && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconBan size={13} />}
            onClick={() => onChange(withAdded(group, { not: { field: "", op: "" } }))}
          >
            {t("filter.add_not")}
          </Button>
        )}
        {depth < depthMax && parts.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconFolderPlus size={13} />}
            onClick={() =>
              onChange(
                withAdded(group, groupOf(joinOf(group) === "and" ? "or" : "and", [{ field: "", op: "" }])),
              )
            }
          >
            {t("filter.add_group")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface PartProps {
  object: ObjectSchema;
  part: Filter;
  depth: number;
  onChange: (part: Filter | null) => void;
}

function Part({ object, part, depth, onChange }: PartProps) {
  const { t } = useTranslation();
  const remove = <CloseButton size="sm" aria-label={t("filter.remove")} onClick={() => onChange(null)} />;
  if (isCondition(part)) {
    return (
      <div className={styles.row}>
        <ConditionRow object={object} condition={part} onChange={onChange} />
        {remove}
      </div>
    );
  }
  if (isGroup(part)) {
    return (
      <div className={styles.row}>
        <FilterBuilder object={object} group={part} depth={depth + 1} onChange={onChange} />
        {remove}
      </div>
    );
  }
  if ("not" in part) {
    return (
      <div className={styles.row}>
        <span className={styles.not}>{t("filter.not")}</span>
        <Part
          object={object}
          part={part.not}
          depth={depth}
          onChange={(next) => onChange(next && { not: next })}
        />
      </div>
    );
  }
  // Searched words may come by URL; they are kept and can be removed.
  return (
    <div className={styles.row}>
      <span className={styles.other}>“{part.search}”</span>
      {remove}
    </div>
  );
}

interface RowProps {
  object: ObjectSchema;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

function ConditionRow({ object, condition, onChange }: RowProps) {
  const { t } = useTranslation();
  const schema = useSchema();
  const field = condition.field ? fieldAt(schema, object, condition.field) : undefined;
  return (
    <div className={styles.condition}>
      <FieldPicker
        object={object}
        value={condition.field}
        onChange={(path, picked) => onChange({ field: path, op: picked.operators?.[0] ?? "" })}
      />
      {field && (
        <NativeSelect
          size="xs"
          aria-label={t("filter.operator")}
          value={condition.op}
          onChange={({ currentTarget: { value: op } }) =>
            onChange(
              arity(op) === arity(condition.op) ? { ...condition, op } : { field: condition.field, op },
            )
          }
          data={(field.operators ?? []).map((op) => ({
            value: op,
            label: t(field.kind === "date" || field.kind === "instant" ? `op_date.${op}` : `op.${op}`, {
              defaultValue: t(`op.${op}`),
            }),
          }))}
        />
      )}
      {field && (
        <Operand
          key={condition.field + condition.op}
          field={field}
          op={condition.op}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
    </div>
  );
}
