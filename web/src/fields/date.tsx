//! Calendar days. The picker is loaded when first shown.

import { lazy } from "react";
import { formatDate } from "../text/format";
import type { FieldKind } from "./kind";

const Input = lazy(() => import("./inputs/date").then(({ DayInput }) => ({ default: DayInput })));

export const date: FieldKind = {
  text: (value, _field, format) => formatDate(String(value), format),
  Input,
  width: 130,
};
