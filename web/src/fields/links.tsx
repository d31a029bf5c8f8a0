//! Links to several records.

import type { Ref } from "../api/types";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";
import { LinkCell } from "./link";

function Cell({ field, value, roomy }: CellProps) {
  return (
    <span style={{ display: "inline-flex", gap: 8, flexWrap: roomy ? "wrap" : "nowrap" }}>
      {(value as Ref[]).map((ref) => (
        <LinkCell key={ref.id} field={field} value={ref} />
      ))}
    </span>
  );
}

export const links: FieldKind = {
  text: (value, _field, format) =>
    (value as Ref[]).map(({ title }) => title).join(format.locale === "zh-CN" ? "、" : ", "),
  Input: input("RecordsSelect"),
  OperandList: input("RecordsSelect"),
  Cell,
  width: 180,
  send: (value) => ((value as Ref[] | null) ?? []).map((ref) => ref.id ?? ref),
};
