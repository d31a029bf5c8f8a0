//! Inputs of text: one line, several lines, a list of texts.

import { TagsInput, Textarea, TextInput } from "@mantine/core";
import type { InputProps } from "../kind";
import { useCommon } from "./surroundings";

/** What the browser should offer to type with, by kind. */
const modes: Record<string, { type: string; inputMode: "email" | "tel" | "url" }> = {
  email: { type: "email", inputMode: "email" },
  phone: { type: "tel", inputMode: "tel" },
  url: { type: "url", inputMode: "url" },
};

export function TextLine(props: InputProps) {
  const { field, value, onChange, bare } = props;
  return (
    <TextInput
      {...useCommon(props)}
      {...(bare ? {} : modes[field.kind])}
      maxLength={field.max_chars}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

export function LongText(props: InputProps) {
  return (
    <Textarea
      {...useCommon(props)}
      autosize
      minRows={3}
      maxRows={12}
      maxLength={props.field.max_chars}
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  );
}

/** Several texts or numbers, for `in` and `not_in`. */
export function TextList(props: InputProps) {
  return (
    <TagsInput {...useCommon(props)} value={(props.value as string[]) ?? []} onChange={props.onChange} />
  );
}
