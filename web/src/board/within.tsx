//! Which of several ways a board shows, where steps belong to one, such as the stages of one pipeline.

import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { fewQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { Field, ObjectSchema, Ref } from "../api/types";
import { titleOf } from "../fields";
import type { Filter } from "../filters/filter";
import { sharedLink } from "../record/steps";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";

export interface Within {
  /** The link that records and steps share; none where steps stand alone. */
  field: Field | undefined;
  choices: Ref[];
  chosen: Ref | undefined;
  filter: Filter | null;
  pending: boolean;
}

/** Ways offered. */
const waysMax = 50;

export function useWithin(object: ObjectSchema, group: string): Within {
  const schema = useSchema();
  const format = useFormat();
  const [params] = useSearchParams();
  const step = object.fields.find(({ name }) => name === group);
  const target = step && objectNamed(schema, step.target);
  const field = target && sharedLink(object, target, group)?.[0];
  const ways = field && objectNamed(schema, field.target);
  const { data, isPending } = useQuery({
    ...fewQuery(ways ?? object, { limit: waysMax, sort: ways?.views[0]?.sort?.join(",") }),
    enabled: !!ways,
    staleTime: 5 * 60_000,
  });
  if (!field || !ways)
    return { field: undefined, choices: [], chosen: undefined, filter: null, pending: false };
  const choices = (data?.items ?? []).map((item) => ({ id: item.id, title: titleOf(ways, item, format) }));
  const chosen = choices.find(({ id }) => id === params.get("within")) ?? choices[0];
  const filter = chosen ? { field: field.name, op: "eq", value: chosen.id } : null;
  return { field, choices, chosen, filter, pending: isPending };
}

export function WithinSelect({ within }: { within: Within }) {
  const label = useLabel();
  const [, setParams] = useSearchParams();
  if (!within.field || within.choices.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={label(within.field.label)}
      value={within.chosen?.id}
      onChange={({ currentTarget: { value } }) =>
        setParams(
          (old) => {
            const next = new URLSearchParams(old);
            next.set("within", value);
            return next;
          },
          { replace: true },
        )
      }
      data={within.choices.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
}
