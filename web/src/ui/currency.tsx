//! Choice of a currency by its ISO 4217 code, common ones first. A native select: small, and right on phones.

import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./currency.module.css";

// biome-ignore format: a list to read across
const common = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD", "KRW", "AUD", "CAD", "CHF", "INR", "THB", "VND", "MYR"];

interface Props {
  value: string;
  onChange: (value: string) => void;
}

const withOwn = (value: string): string[] => (common.includes(value) ? common : [value, ...common]);

export function CurrencySelect({ value, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: "currency" });
  return (
    <NativeSelect
      label={t("setup.currency")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={withOwn(value).map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }))}
    />
  );
}

/** The same inside an amount's input: the code alone. */
export function CurrencyCode({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <select
      className={styles.code}
      aria-label={t("setup.currency")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {withOwn(value).map((code) => (
        <option key={code}>{code}</option>
      ))}
    </select>
  );
}
