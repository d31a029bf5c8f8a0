//! The steps a field can take: options of a choice, or records of the linked object. Shared by stage path and board.

import { useQuery } from "@tanstack/react-query";
import { fewQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema, Ref, Schema } from "../api/types";
import { titleOf } from "../fields";
import type { Filter } from "../filters/filter";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";

export interface Step {
  /** What a filter compares with and a write sends. */
  id: string;
  label: string;
  color?: string;
  /** No further work: won, lost, done. */
  closed: boolean;
  /** The value as a record carries it. */
  value: Ref | string;
  /** The record that the step is, where it is one. */
  record?: CrmRecord;
}

/** Steps asked for; a board of more would not be one. */
const stepsMax = 60;

/** The link that steps and records have in common, such as the pipeline both belong to. */
export function sharedLink(
  object: ObjectSchema,
  target: ObjectSchema,
  stepField: string,
): [Field, Field] | undefined {
  for (const own of object.fields) {
    if (own.kind !== "link" || own.name === stepField || !own.target) continue;
    const theirs = target.fields.find(
      (field) => field.kind === "link" && field.target === own.target && field.target !== target.name,
    );
    if (theirs) return [own, theirs];
  }
  return undefined;
}

/** The choice that colours a linked step and says whether it ends the way: its subtitle, or one with closed options. */
function markOf(target: ObjectSchema): Field | undefined {
  const choices = target.fields.filter(({ kind }) => kind === "choice");
  return (
    choices.find((field) => field.name === target.subtitle_field) ??
    choices.find((field) => field.options?.some(({ closed }) => closed))
  );
}

/** Declared closed, or other than what a new step is. */
function ends(mark: Field | undefined, value: unknown): boolean {
  const option = mark?.options?.find((one) => one.value === value);
  if (option?.closed !== undefined) return option.closed;
  return !!mark?.default && !!value && value !== mark.default;
}

function stepFilter(
  object: ObjectSchema,
  target: ObjectSchema,
  field: Field,
  record?: Pick<CrmRecord, string>,
): Filter | null {
  const shared = sharedLink(object, target, field.name);
  const id = shared && record?.[shared[0].name]?.id;
  return shared && id ? { field: shared[1].name, op: "eq", value: id } : null;
}

function choiceSteps(field: Field, label: ReturnType<typeof useLabel>): Step[] {
  return (field.options ?? []).map((option) => ({
    id: option.value,
    label: label(option.label),
    color: option.color ?? undefined,
    closed: !!option.closed,
    value: option.value,
  }));
}

export interface Steps {
  field: Field | undefined;
  steps: Step[];
  pending: boolean;
}

export function useSteps(
  object: ObjectSchema,
  name: string | null | undefined,
  record?: Pick<CrmRecord, string>,
): Steps {
  const schema: Schema = useSchema();
  const label = useLabel();
  const format = useFormat();
  const field = object.fields.find((candidate) => candidate.name === name);
  const target =
    field?.kind === "link" || field?.kind === "person" ? objectNamed(schema, field.target) : undefined;
  const { data, isPending } = useQuery({
    ...fewQuery(target ?? object, {
      limit: stepsMax,
      sort: target?.views[0]?.sort?.join(","),
      filter: target && field ? stepFilter(object, target, field, record) : null,
    }),
    enabled: !!target,
    staleTime: 5 * 60_000,
  });
  if (!field) return { field, steps: [], pending: false };
  if (!target) return { field, steps: choiceSteps(field, label), pending: false };
  const mark = markOf(target);
  const steps = (data?.items ?? []).map((item): Step => {
    const option = mark?.options?.find(({ value }) => value === item[mark.name]);
    const title = titleOf(target, item, format);
    return {
      id: item.id,
      label: title,
      color: option?.color ?? undefined,
      closed: ends(mark, mark && item[mark.name]),
      value: { id: item.id, title },
      record: item,
    };
  });
  return { field, steps, pending: isPending };
}

/** The id of the step a record is at. */
export function stepOf(record: CrmRecord, field: Field): string | undefined {
  const value = record[field.name];
  return typeof value === "object" ? value?.id : (value ?? undefined);
}
