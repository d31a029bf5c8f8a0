//! A link to a user, with initials. In filters it can be "me".

import { Avatar } from "../ui/avatar";
import type { CellProps, FieldKind } from "./kind";
import { input } from "./lazy";
import { LinkCell, link } from "./link";

function Cell(props: CellProps) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 6, minWidth: 0 }}>
      <Avatar name={props.value.title ?? ""} size={18} />
      <LinkCell {...props} />
    </span>
  );
}

export const person: FieldKind = {
  ...link,
  Cell,
  Operand: input("PersonOperand"),
  OperandList: input("PeopleOperand"),
  width: 150,
};
