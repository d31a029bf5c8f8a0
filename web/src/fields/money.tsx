//! Money: exact amount and currency. The workspace's currency unless the value has another.

import { useMe } from "../api/session";
import type { Money } from "../api/types";
import { formatMoney } from "../text/format";
import { CurrencySelect } from "../ui/currency";
import { DecimalInput } from "./decimal_input";
import type { FieldKind, InputProps } from "./kind";

function Input(props: InputProps) {
  const { workspace } = useMe();
  const value = props.value as Money | string | null;
  const amount = typeof value === "string" ? value : (value?.amount ?? null);
  const currency = (typeof value === "object" && value?.currency) || workspace.currency;
  const change = (next: string | null, unit: string) =>
    props.onChange(next === null ? null : { amount: next, currency: unit });
  return (
    <DecimalInput
      {...props}
      value={amount}
      onChange={(next) => change(next, currency)}
      suffix={<CurrencySelect value={currency} onChange={(unit) => change(amount, unit)} bare />}
      suffixWidth={74}
    />
  );
}

/** In filters amounts are compared in the workspace's currency, so only the amount is asked. */
function Operand(props: InputProps) {
  const { workspace } = useMe();
  const value = props.value as Money | string | null;
  return (
    <DecimalInput
      {...props}
      value={typeof value === "object" ? (value?.amount ?? null) : value}
      suffix={<span className="gx-muted">{workspace.currency}</span>}
      suffixWidth={46}
    />
  );
}

export const money: FieldKind = {
  text: (value, _field, format) =>
    formatMoney(typeof value === "string" ? { amount: value, currency: format.currency } : value, format),
  Input,
  Operand,
  width: 130,
  align: "end",
};
