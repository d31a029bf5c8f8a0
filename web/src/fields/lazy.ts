//! Names an input without loading it.

import { type ComponentType, lazy } from "react";
import type { InputProps } from "./kind";

type Inputs = typeof import("./inputs");

/** The input of that name, fetched with all others when first shown. */
export function input(name: keyof Inputs): ComponentType<InputProps> {
  return lazy(() =>
    import("./inputs").then((inputs) => ({ default: inputs[name] as ComponentType<InputProps> })),
  );
}
