//! Typeahead over the records of an object, one or several. Asks the server; waits while an input method composes.

import { Loader, MultiSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fewQuery } from "../../api/records";
import { objectNamed, useSchema } from "../../api/schema";
import type { CrmRecord, ObjectSchema, Ref } from "../../api/types";
import { useFormat } from "../../text/format";
import { titleOf, valueText } from "../index";
import type { InputProps } from "../kind";
import { useClear, useCommon } from "./surroundings";

/** Records offered at once. */
const offeredMax = 20;

interface Found {
  data: { value: string; label: string; subtitle?: string }[];
  titles: Map<string, string>;
  search: string;
  setSearch: (text: string) => void;
  loading: boolean;
  composing: {
    onCompositionStart: () => void;
    onCompositionEnd: (event: { currentTarget: unknown }) => void;
  };
}

function useFound(target: ObjectSchema | undefined, chosen: Ref[], open: boolean, extra: Ref[]): Found {
  const format = useFormat();
  const [search, setSearch] = useState("");
  const [composing, setComposing] = useState(false);
  const [settled] = useDebouncedValue(composing ? "" : search, 150);
  const known = chosen.some(({ title }) => title === settled);
  const subtitle = target?.fields.find((field) => field.name === target.subtitle_field);
  const { data, isFetching } = useQuery({
    ...fewQuery(target as ObjectSchema, { q: known ? "" : settled, limit: offeredMax }),
    enabled: open && !!target && !composing,
    placeholderData: keepPreviousData,
  });
  const refs = useMemo(() => {
    const found = (data?.items ?? []).map((item: CrmRecord) => ({
      id: item.id,
      title: target ? titleOf(target, item, format) : item.id,
      subtitle:
        subtitle && item[subtitle.name] ? valueText(subtitle, item[subtitle.name], format) : undefined,
    }));
    const ids = new Set(found.map(({ id }) => id));
    return [
      ...extra,
      ...found,
      ...chosen.filter(({ id }) => !ids.has(id) && !extra.some((one) => one.id === id)),
    ];
  }, [data, chosen, extra, target, subtitle, format]);
  return {
    data: refs.map((ref) => ({
      value: ref.id,
      label: ref.title,
      subtitle: (ref as { subtitle?: string }).subtitle,
    })),
    titles: new Map(refs.map(({ id, title }) => [id, title])),
    search,
    setSearch,
    loading: isFetching,
    composing: {
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: () => setComposing(false),
    },
  };
}

function Row({ option }: { option: { label: string; subtitle?: string } }) {
  return (
    <span style={{ display: "flex", gap: 8, justifyContent: "space-between", width: "100%", minWidth: 0 }}>
      <span className="gx-ellipsis">{option.label}</span>
      {option.subtitle && <span className="gx-muted gx-ellipsis">{option.subtitle}</span>}
    </span>
  );
}

const all = ({ options }: { options: unknown[] }) => options as never[];
const none: Ref[] = [];

/** One record; `extra` are entries before the found ones, such as "me". */
export function RecordSelect(props: InputProps & { extra?: Ref[] }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const target = objectNamed(schema, props.field.target);
  const [open, setOpen] = useState(false);
  const value = props.value as Ref | null | undefined;
  const chosen = useMemo(() => (value?.id ? [value] : none), [value]);
  const found = useFound(target, chosen, open, props.extra ?? none);
  const { autoComplete, ...common } = useCommon(props);
  const clear = useClear();
  return (
    <Select
      {...common}
      {...found.composing}
      autoComplete={autoComplete}
      searchable
      clearable={!props.bare}
      clearButtonProps={clear}
      data={found.data}
      filter={all}
      value={value?.id ?? null}
      searchValue={found.search}
      onSearchChange={found.setSearch}
      onDropdownOpen={() => setOpen(true)}
      onChange={(id) => props.onChange(id ? { id, title: found.titles.get(id) ?? "" } : null)}
      renderOption={({ option }) => <Row option={option} />}
      nothingFoundMessage={found.loading ? t("state.loading") : t("search.nothing")}
      rightSection={found.loading && open ? <Loader size={14} /> : undefined}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

/** Several records. */
export function RecordsSelect(props: InputProps & { extra?: Ref[] }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const target = objectNamed(schema, props.field.target);
  const [open, setOpen] = useState(false);
  const value = (props.value as Ref[] | null) ?? none;
  const found = useFound(target, value, open, props.extra ?? none);
  const clear = useClear();
  return (
    <MultiSelect
      {...useCommon(props)}
      {...found.composing}
      searchable
      clearable
      clearButtonProps={clear}
      data={found.data}
      filter={all}
      value={value.map(({ id }) => id)}
      searchValue={found.search}
      onSearchChange={found.setSearch}
      onDropdownOpen={() => setOpen(true)}
      onChange={(ids) => props.onChange(ids.map((id) => ({ id, title: found.titles.get(id) ?? "" })))}
      renderOption={({ option }) => <Row option={option} />}
      nothingFoundMessage={found.loading ? t("state.loading") : t("search.nothing")}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

function useMeOption(): Ref[] {
  const { t } = useTranslation();
  const title = t("field.me");
  return useMemo(() => [{ id: "me", title }], [title]);
}

/** In filters a person can be "me". */
export function PersonOperand(props: InputProps) {
  return <RecordSelect {...props} extra={useMeOption()} />;
}

export function PeopleOperand(props: InputProps) {
  return <RecordsSelect {...props} extra={useMeOption()} />;
}
