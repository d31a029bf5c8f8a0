//! Several of declared options.

import { useLabel } from "../text/label";
import { Chip } from "../ui/chip";
import { choice, optionOf } from "./choice";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";

function Cell({ field, value, roomy }: CellProps) {
  const label = useLabel();
  return (
    <span style={{ display: "inline-flex", gap: 4, flexWrap: roomy ? "wrap" : "nowrap" }}>
      {(value as string[]).map((code) => {
        const option = optionOf(field, code);
        return (
          <Chip key={code} color={option?.color}>
            {option ? label(option.label) : code}
          </Chip>
        );
      })}
    </span>
  );
}

export const manyChoices: FieldKind = {
  text: (value, field, format) =>
    (value as string[])
      .map((code) => choice.text(code, field, format))
      .join(format.locale === "zh-CN" ? "、" : ", "),
  Input: input("ChoiceList"),
  OperandList: input("ChoiceList"),
  Cell,
  width: 180,
};
