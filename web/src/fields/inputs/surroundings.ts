//! What every input has from its field: label, help, required mark, problem. Not a component.

import { useTranslation } from "react-i18next";
import { useLabel } from "../../text/label";
import type { InputProps } from "../kind";

export function useCommon({ field, error, bare, disabled }: InputProps) {
  const label = useLabel();
  const name = label(field.label);
  return {
    name: field.name,
    label: bare ? undefined : name,
    "aria-label": bare ? name : undefined,
    description: bare ? undefined : label(field.help) || undefined,
    error: error || undefined,
    withAsterisk: field.required && !bare,
    disabled,
    "data-field": field.name,
    size: "xs" as const,
    autoComplete: "off",
  };
}

/** The cross that empties an input, named for screen readers. */
export function useClear() {
  const { t } = useTranslation();
  return { "aria-label": t("form.clear") };
}
