//! Points in time, stored in UTC, shown and typed in the person's time zone.

import { lazy } from "react";
import { formatAgo, formatInstant, useFormat } from "../text/format";
import type { CellProps, FieldKind } from "./kind";

const Input = lazy(() => import("./inputs/date").then(({ InstantInput }) => ({ default: InstantInput })));

function Cell({ value, roomy }: CellProps) {
  const format = useFormat();
  const exact = formatInstant(value, format);
  if (roomy) return <time dateTime={value}>{exact}</time>;
  return (
    <time dateTime={value} title={exact}>
      {formatAgo(value, format)}
    </time>
  );
}

export const instant: FieldKind = {
  text: (value, _field, format) => formatInstant(String(value), format),
  Input,
  Cell,
  width: 140,
};
