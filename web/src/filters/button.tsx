//! The filter button of a list: opens the builder in a panel and applies complete conditions at once.

import { Badge, Button, Popover, Skeleton, Text } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectSchema } from "../api/types";
import { asGroup, complete, countConditions, type Filter, type Group } from "./filter";

const FilterBuilder = lazy(() => import("./builder"));

interface Props {
  object: ObjectSchema;
  value: Filter | null;
  onChange: (filter: Filter | null) => void;
}

export function FilterButton({ object, value, onChange }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  // While open, conditions still being written live here; what is complete is in the URL.
  const [draft, setDraft] = useState<Group>();
  const count = countConditions(value);
  useCloseOutside(opened, () => setOpened(false));
  const change = (group: Group) => {
    setDraft(group);
    const next = complete(group);
    if (JSON.stringify(next) !== JSON.stringify(complete(value))) onChange(next);
  };
  const open = () => {
    const group = asGroup(value);
    setDraft(count === 0 ? { and: [{ field: "", op: "" }] } : group);
    setOpened(true);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="min(640px, 94vw)"
      shadow="md"
      trapFocus
      closeOnClickOutside={false}
    >
      <Popover.Target>
        <Button
          variant={count > 0 ? "light" : "default"}
          leftSection={<IconFilter size={14} />}
          rightSection={
            count > 0 ? (
              <Badge size="sm" circle>
                {count}
              </Badge>
            ) : undefined
          }
          onClick={() => (opened ? setOpened(false) : open())}
        >
          {t("filter.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} mb="sm">
          {t("filter.title")}
        </Text>
        <Suspense fallback={<Skeleton height={32} />}>
          <FilterBuilder object={object} group={draft ?? asGroup(value)} onChange={change} />
        </Suspense>
        {count > 0 && (
          <Button
            mt="sm"
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => {
              onChange(null);
              setOpened(false);
            }}
          >
            {t("filter.clear")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Menus and pickers of the builder open in portals of their own: a click there is not outside. */
function useCloseOutside(opened: boolean, close: () => void): void {
  useEffect(() => {
    if (!opened) return;
    const press = (event: MouseEvent) => {
      if (!(event.target as Element).closest("[data-portal]")) close();
    };
    document.addEventListener("mousedown", press);
    return () => document.removeEventListener("mousedown", press);
  });
}
