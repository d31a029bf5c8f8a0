//! Inputs of numbers: whole, percent, money, duration. All keep exact text, none makes a float of an amount.

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../api/session";
import type { Money } from "../../api/types";
import { formatDuration, useFormat } from "../../text/format";
import { CurrencyCode } from "../../ui/currency";
import { parseDuration } from "../duration";
import type { InputProps } from "../kind";
import { DecimalInput } from "./decimal";
import { useCommon } from "./surroundings";

export function WholeInput(props: InputProps) {
  const { value, onChange } = props;
  return (
    <DecimalInput
      {...props}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(text) => onChange(text !== null && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text)}
    />
  );
}

export function PercentInput(props: InputProps) {
  return <DecimalInput {...props} suffix="%" />;
}

export function MoneyInput(props: InputProps) {
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
      suffix={<CurrencyCode value={currency} onChange={(unit) => change(amount, unit)} />}
      suffixWidth={66}
    />
  );
}

/** In filters amounts are compared in the workspace's currency, so only the amount is asked. */
export function MoneyOperand(props: InputProps) {
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

export function DurationInput(props: InputProps) {
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const { value, onChange } = props;
  return (
    <TextInput
      {...useCommon(props)}
      value={typed ?? (typeof value === "number" ? formatDuration(value, format) : "")}
      onFocus={() => setTyped(typeof value === "number" ? `${Math.round(value / 60)}m` : "")}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(text.trim() === "" ? null : parseDuration(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
