//! Yes or no.

import { Checkbox, Select } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useCommon } from "./common";
import type { CellProps, FieldKind, InputProps } from "./kind";

function Input(props: InputProps) {
  const { autoComplete: _, withAsterisk: __, ...common } = useCommon(props);
  return (
    <Checkbox
      {...common}
      mt={props.bare ? 0 : 22}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

function Operand(props: InputProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...useCommon(props)}
      data={[
        { value: "true", label: t("field.yes") },
        { value: "false", label: t("field.no") },
      ]}
      value={typeof props.value === "boolean" ? String(props.value) : null}
      onChange={(value) => props.onChange(value === "true")}
    />
  );
}

function Cell({ value }: CellProps) {
  const { t } = useTranslation();
  if (!value) return <span className="gx-muted">{t("field.no")}</span>;
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
      <IconCheck size={14} aria-hidden="true" />
      {t("field.yes")}
    </span>
  );
}

export const yesNo: FieldKind = {
  text: (value) => i18next.t(value ? "field.yes" : "field.no"),
  Input,
  Operand,
  Cell,
  width: 80,
};
