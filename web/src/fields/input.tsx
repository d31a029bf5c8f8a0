//! Any field's input. Inputs come in chunks of their own, so each may be waited for, and takes the focus when it is there.

import { Skeleton } from "@mantine/core";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { kindOf } from "./index";
import type { InputProps } from "./kind";

/** With `open`, what it offers is shown at once. */
export function FieldInput({ open, ...props }: InputProps & { open?: boolean }) {
  const { Input } = kindOf(props.field);
  const input = <Input {...props} />;
  return (
    <Suspense fallback={<Skeleton height={props.bare ? 30 : 50} radius="sm" />}>
      {props.autoFocus ? <Focused open={open}>{input}</Focused> : input}
    </Suspense>
  );
}

/** Focuses what is inside once it has come; a dialog's own focus may have been and gone by then. */
function Focused({ open, children }: { open?: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the dialog's focus trap has taken its turn.
    const turn = setTimeout(() => {
      const input = box.current?.querySelector<HTMLElement>("input, textarea, select");
      input?.focus();
      if (open && input?.getAttribute("aria-expanded") === "false") input.click();
    });
    return () => clearTimeout(turn);
  }, [open]);
  return <div ref={box}>{children}</div>;
}
