//! Input of a link to anything: first the object, then the record.

import { Group, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSchema } from "../../api/schema";
import type { Ref } from "../../api/types";
import { useLabel } from "../../text/label";
import type { InputProps } from "../kind";
import { RecordSelect } from "./records";

export function AnyLinkInput(props: InputProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const value = props.value as Ref | null;
  const offered = schema.objects.filter((object) => !object.hidden && object.searchable);
  const [picked, setPicked] = useState<string>();
  const object = value?.object ?? picked ?? offered[0]?.name ?? "";
  return (
    <Group gap={4} align="flex-end" wrap="nowrap">
      <NativeSelect
        size="xs"
        w={120}
        aria-label={t("field.kind_of", { field: label(props.field.label) })}
        value={object}
        onChange={(event) => {
          setPicked(event.currentTarget.value);
          props.onChange(null);
        }}
        data={offered.map((one) => ({ value: one.name, label: label(one.label) }))}
      />
      <div style={{ flex: 1 }}>
        <RecordSelect
          {...props}
          field={{ ...props.field, target: object }}
          onChange={(ref) => props.onChange(ref ? { ...ref, object } : null)}
        />
      </div>
    </Group>
  );
}
