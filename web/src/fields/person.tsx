//! A link to a user, with initials. In filters it can be "me".

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../ui/avatar";
import type { CellProps, FieldKind, InputProps } from "./kind";
import { LinkCell, link } from "./link";
import { RecordSelect, RecordsSelect } from "./record_select";

function useMeOption() {
  const { t } = useTranslation();
  const title = t("field.me");
  return useMemo(() => [{ id: "me", title }], [title]);
}

function Operand(props: InputProps) {
  return <RecordSelect {...props} extra={useMeOption()} />;
}

function OperandList(props: InputProps) {
  return <RecordsSelect {...props} extra={useMeOption()} />;
}

function Cell(props: CellProps) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 6, minWidth: 0 }}>
      <Avatar name={props.value.title ?? ""} size={18} />
      <LinkCell {...props} />
    </span>
  );
}

export const person: FieldKind = { ...link, Cell, Operand, OperandList, width: 150 };
