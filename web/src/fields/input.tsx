//! Any field's input. Pickers come in their own chunks, so each input may be waited for.

import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { kindOf } from "./index";
import type { InputProps } from "./kind";

export function FieldInput(props: InputProps) {
  const { Input } = kindOf(props.field);
  return (
    <Suspense fallback={<Skeleton height={props.bare ? 30 : 50} radius="sm" />}>
      <Input {...props} />
    </Suspense>
  );
}
