//! Text of several lines, shown as typed.

import { Textarea } from "@mantine/core";
import { useCommon } from "./common";
import type { CellProps, FieldKind, InputProps } from "./kind";

function LongText(props: InputProps) {
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

function Cell({ value, roomy }: CellProps) {
  return roomy ? <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{value}</span> : <span>{value}</span>;
}

export const longText: FieldKind = { text: String, Input: LongText, Cell, width: 240 };
