//! A number the system gives; people may bring their own.

import type { FieldKind } from "./kind";
import { text } from "./text";

export const autoNumber: FieldKind = { ...text, width: 140 };
