//! What stands beside the title of a hit, in words: a choice comes as its code.

import type { Label, ObjectSchema } from "../api/types";
import { optionOf } from "../fields/choice";

export function subtitleOf(
  object: ObjectSchema,
  subtitle: string | null | undefined,
  label: (of: Label | null | undefined) => string,
): string | undefined {
  if (!subtitle) return undefined;
  const field = object.fields.find(({ name }) => name === object.subtitle_field);
  const option = field && optionOf(field, subtitle);
  return option ? label(option.label) : subtitle;
}
