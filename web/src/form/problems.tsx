//! The problems of a form above it: all of them, with those that belong to no visible field in words.

import "../theme/forms.css";
import { Alert } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import type { FieldProblem, ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { problemText } from "../ui/state";
import { formSections } from "./sections";

export function fieldProblems(error: unknown): FieldProblem[] {
  return error instanceof Problem ? error.errors : [];
}

export function Problems({ error, object }: { error: unknown; object?: ObjectSchema }) {
  const { t } = useTranslation();
  const label = useLabel();
  const box = useRef<HTMLDivElement>(null);
  // A new refusal is brought to the reader's attention, wherever the form stands.
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  const shown = object
    ? new Set(formSections(object).flatMap(({ fields }) => fields.map(({ name }) => name)))
    : new Set<string>();
  const others = fieldProblems(error).filter(({ field }) => !shown.has(field));
  const detail = error instanceof Problem ? error.detail : "";
  const name = (field: string) => label(object?.fields.find((one) => one.name === field)?.label);
  return (
    <Alert ref={box} tabIndex={-1} color="red" variant="light" role="alert" title={problemText(error, t)}>
      {others.length === 0 && detail}
      {others.map(({ field, message }) => (
        <div key={field + message}>{[name(field), message].filter(Boolean).join(": ")}</div>
      ))}
    </Alert>
  );
}
