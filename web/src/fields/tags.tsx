//! Tags: links to several tags, as chips.

import type { Ref } from "../api/types";
import { Chip } from "../ui/chip";
import type { CellProps, FieldKind } from "./kind";
import { links } from "./links";

function Cell({ value, roomy }: CellProps) {
  return (
    <span style={{ display: "inline-flex", gap: 4, flexWrap: roomy ? "wrap" : "nowrap" }}>
      {(value as (Ref & { color?: string })[]).map((tag) => (
        <Chip key={tag.id} color={tag.color}>
          {tag.title}
        </Chip>
      ))}
    </span>
  );
}

export const tags: FieldKind = { ...links, Cell };
