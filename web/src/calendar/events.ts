//! The records of a calendar: asked for the days shown, placed on their day and time, moved to another.

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { recordsQuery } from "../api/records";
import { mayWith, writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { saveCells, takeBackCells } from "../edit/save";
import { titleOf } from "../fields";
import { both } from "../filters/filter";
import { asking, type ListState } from "../list/state";
import { useFormat } from "../text/format";
import { toUtc, toWall } from "../text/zone";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { plus } from "./days";

export interface Event {
  record: CrmRecord;
  title: string;
  day: string;
  /** Minutes from midnight; none for a whole day. */
  start?: number;
  minutes: number;
  movable: boolean;
}

/** Minutes an event takes that does not say. */
const plainMinutes = 30;
/** Records asked for at once; several pages are fetched for a full month. */
const pageRows = 200;
/** Pages of one span. */
const pagesMax = 10;

export function isTimed(field: Field): boolean {
  return (field.result ?? field.kind) === "instant";
}

export function useEvents(object: ObjectSchema, state: ListState, field: Field, days: string[]) {
  const format = useFormat();
  const first = days[0] ?? "";
  const last = days.at(-1) ?? "";
  const length = object.fields.find(({ kind }) => kind === "duration");
  const coloured = object.fields.filter(
    ({ kind, options }) => kind === "choice" && options?.some(({ color }) => color),
  );
  const colour = coloured.find(({ name }) => state.columns.some(({ path }) => path === name)) ?? coloured[0];
  const asked = [asking(object, state.columns).fields, field.name, length?.name, colour?.name]
    .filter(Boolean)
    .join(",");
  const span = isTimed(field)
    ? {
        and: [
          { field: field.name, op: "gte", value: toUtc(`${first} 00:00:00`, format.timeZone) },
          { field: field.name, op: "lt", value: toUtc(`${plus(last, 1)} 00:00:00`, format.timeZone) },
        ],
      }
    : { field: field.name, op: "between", value: [first, last] };
  const query = useInfiniteQuery(
    recordsQuery(object, {
      filter: both(state.asked, span),
      q: state.q,
      sort: field.name,
      fields: [...new Set(asked.split(","))].join(","),
      limit: pageRows,
    }),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = query;
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && pages < pagesMax) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, pages]);
  const events = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .flatMap((record): Event[] => {
      const value = record[field.name];
      if (!value) return [];
      const wall = isTimed(field) ? toWall(value, format.timeZone) : String(value);
      const [hour = 0, minute = 0] = wall.slice(11).split(":").map(Number);
      return [
        {
          record,
          title: titleOf(object, record, format),
          day: wall.slice(0, 10),
          start: isTimed(field) ? hour * 60 + minute : undefined,
          minutes: Math.max(
            15,
            Math.round(Number(length ? (record[length.name] ?? 0) : 0) / 60) || plainMinutes,
          ),
          movable: writable(field) && mayWith(object, record, "update"),
        },
      ];
    });
  return { events, colour, query };
}

/** Puts an event on another day or time, at once, with an undo. */
export function useMoveEvent(object: ObjectSchema, field: Field) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { timeZone } = useFormat();
  return useMutation({
    mutationFn: async ({ event, day, start }: { event: Event; day: string; start?: number }) => {
      const minutes = start ?? event.start ?? 0;
      const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;
      const value = isTimed(field) ? toUtc(`${day} ${time}`, timeZone) : day;
      if (value === event.record[field.name]) return;
      const { saved, refused } = await saveCells(client, object, [
        { record: event.record, values: { [field.name]: value } },
      ]);
      if (refused[0]) throw refused[0].error;
      sayWithUndo(t("calendar.moved", { title: event.title }), () => takeBackCells(client, object, saved));
    },
    onError: sayProblem,
  });
}
