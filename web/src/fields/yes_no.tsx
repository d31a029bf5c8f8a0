//! Yes or no.

import { IconCheck } from "@tabler/icons-react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

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
  Input: input("YesNoInput"),
  Operand: input("YesNoOperand"),
  Cell,
  width: 80,
};
