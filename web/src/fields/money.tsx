//! Money: exact amount and currency. The workspace's currency unless the value has another.

import { formatMoney } from "../text/format";
import type { FieldKind } from "./kind";
import { input } from "./lazy";

export const money: FieldKind = {
  text: (value, _field, format) =>
    formatMoney(typeof value === "string" ? { amount: value, currency: format.currency } : value, format),
  Input: input("MoneyInput"),
  Operand: input("MoneyOperand"),
  OperandList: input("TextList"),
  width: 130,
  align: "end",
};
