//! A link to a record of any object.

import type { FieldKind } from "./kind";
import { input } from "./lazy";
import { LinkCell } from "./link";

export const anyLink: FieldKind = {
  text: (value) => value?.title ?? String(value),
  Input: input("AnyLinkInput"),
  Cell: LinkCell,
  width: 180,
  send: (value) => (value ? { object: value.object, id: value.id } : null),
};
