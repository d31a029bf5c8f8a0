//! Choice of a currency by its ISO 4217 code, common ones first. A native select: small, and right on phones.

import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";

const common = [
  "CNY",
  "USD",
  "EUR",
  "HKD",
  "JPY",
  "GBP",
  "TWD",
  "SGD",
  "KRW",
  "AUD",
  "CAD",
  "CHF",
  "INR",
  "THB",
  "VND",
  "MYR",
];

interface Props {
  value: string;
  onChange: (value: string) => void;
  bare?: boolean;
}

export function CurrencySelect({ value, onChange, bare }: Props) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: "currency" });
  const codes = common.includes(value) ? common : [value, ...common];
  return (
    <NativeSelect
      label={bare ? undefined : t("setup.currency")}
      aria-label={bare ? t("setup.currency") : undefined}
      variant={bare ? "unstyled" : "default"}
      size={bare ? "xs" : "sm"}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={codes.map((code) => ({ value: code, label: bare ? code : `${code} · ${names.of(code)}` }))}
    />
  );
}
