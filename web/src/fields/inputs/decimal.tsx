//! The input shared by number, decimal, percent and money: keeps what was typed, reports exact text or null.

import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { parseDecimal } from "../../text/number";
import type { InputProps } from "../kind";
import { useCommon } from "./surroundings";

interface Props extends InputProps {
  value: string | null;
  onChange: (value: string | null) => void;
  suffix?: ReactNode;
  suffixWidth?: number;
}

export function DecimalInput(props: Props) {
  const { value, onChange, suffix, suffixWidth } = props;
  // While typing, "1," and "1." stay as typed; what was typed wins over the value it stands for.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && (parseDecimal(typed) ?? typed) === (value ?? "") ? typed : (value ?? "");
  return (
    <TextInput
      {...useCommon(props)}
      inputMode="decimal"
      value={shown}
      rightSection={suffix}
      rightSectionWidth={suffixWidth}
      styles={{ input: { textAlign: "end" } }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        // What is no number is passed on as it is, so that the server can say so at the field.
        onChange(text.trim() === "" ? null : (parseDecimal(text) ?? text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
