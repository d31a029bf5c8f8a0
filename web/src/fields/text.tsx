//! Text of one line.

import { TagsInput, TextInput } from "@mantine/core";
import { useCommon } from "./common";
import type { FieldKind, InputProps } from "./kind";

export function TextLine(props: InputProps & { type?: string; inputMode?: "email" | "tel" | "url" }) {
  const { field, value, onChange, type, inputMode } = props;
  return (
    <TextInput
      {...useCommon(props)}
      type={type}
      inputMode={inputMode}
      maxLength={field.max_chars}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

/** Several texts, for `in` and `not_in`. */
export function TextList(props: InputProps) {
  return <TagsInput {...useCommon(props)} value={(props.value as string[]) ?? []} onChange={props.onChange} />;
}

export const text: FieldKind = { text: String, Input: TextLine, OperandList: TextList, width: 180 };
