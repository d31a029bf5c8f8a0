//! What can be done with a column, as entries of its heading's menu.

import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconEyeOff,
  IconLayoutList,
  IconPin,
  IconPinnedOff,
} from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { formatSort, parseSort } from "../filters/filter";
import type { MenuPart } from "../ui/menu";
import { type Column, clampWidth, moved, type Total, totalOf, totalsOf } from "./columns";
import type { ListState } from "./state";

interface Asked {
  state: ListState;
  column: Column;
  index: number;
  width: number;
  t: TFunction;
}

/** Pixels a step of "wider" and "narrower" goes. */
const stepPx = 40;
const groupable = new Set(["choice", "link", "person", "yes_no", "date", "instant"]);

export function headingParts({ state, column, index, width, t }: Asked): MenuPart[] {
  const { path, field, pinned } = column;
  const { columns } = state;
  const change = (with_: Partial<Column>) =>
    state.setColumns(columns.map((one) => (one.path === path ? { ...one, ...with_ } : one)));
  const sort = (descending: boolean) => {
    const others = parseSort(state.sort).filter((key) => key.field !== path);
    const added = parseSort(state.sort).some((key) => key.field === path);
    state.set({
      sort: formatSort(added ? [...others, { field: path, descending }] : [{ field: path, descending }]),
    });
  };
  const kinds = totalsOf(field);
  const direct = !path.includes(".");
  return [
    ...(field.sortable && direct
      ? [
          { key: "up", text: t("list.sort_up"), icon: <IconArrowUp size={14} />, act: () => sort(false) },
          {
            key: "down",
            text: t("list.sort_down"),
            icon: <IconArrowDown size={14} />,
            act: () => sort(true),
          },
        ]
      : []),
    ...(groupable.has(field.result ?? field.kind) && direct
      ? [
          {
            key: "group",
            text: t(state.group === path ? "list.ungroup" : "list.group_by_this"),
            icon: <IconLayoutList size={14} />,
            act: () => state.set({ group: state.group === path ? null : path }),
          },
        ]
      : []),
    ...(kinds.length > 0 && direct
      ? [
          { key: "totals", heading: t("list.total") },
          ...([...kinds, "none"] as Total[]).map((total) => ({
            key: total,
            text: t(`total.${total}`),
            radio: true,
            checked: (totalOf(column) ?? "none") === total,
            act: () => change({ total }),
          })),
        ]
      : []),
    { key: "line", divider: true },
    ...(index > 0
      ? [
          {
            key: "left",
            text: t("list.move_left"),
            icon: <IconArrowLeft size={14} />,
            disabled: index < 2,
            act: () => state.setColumns(moved(columns, index, index - 1)),
          },
          {
            key: "right",
            text: t("list.move_right"),
            icon: <IconArrowRight size={14} />,
            disabled: index === columns.length - 1,
            act: () => state.setColumns(moved(columns, index, index + 1)),
          },
          {
            key: "pin",
            text: t(pinned ? "list.unpin" : "list.pin"),
            icon: pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />,
            act: () =>
              state.setColumns(
                moved(
                  columns.map((one) => (one.path === path ? { ...one, pinned: !pinned } : one)),
                  index,
                  index,
                ),
              ),
          },
        ]
      : []),
    {
      key: "wider",
      text: t("list.wider"),
      stays: true,
      act: () => change({ width: clampWidth((column.width ?? width) + stepPx) }),
    },
    {
      key: "narrower",
      text: t("list.narrower"),
      stays: true,
      act: () => change({ width: clampWidth((column.width ?? width) - stepPx) }),
    },
    ...(column.width
      ? [{ key: "fit", text: t("list.width_back"), act: () => change({ width: undefined }) }]
      : []),
    ...(index > 0
      ? [
          {
            key: "hide",
            text: t("list.hide_column"),
            icon: <IconEyeOff size={14} />,
            act: () => state.setColumns(columns.filter((one) => one.path !== path)),
          },
        ]
      : []),
  ];
}
