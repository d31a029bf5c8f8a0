//! Picks a field of an object, or through links one of a linked object's fields. Only what may be filtered by.

import { Button, Menu, ScrollArea, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOn, objectNamed, speaking, useSchema } from "../api/schema";
import type { Field, ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";

/** Links a path may pass; the server refuses more. */
const linksMax = 3;

interface Props {
  object: ObjectSchema;
  value: string;
  onChange: (path: string, field: Field) => void;
}

export function FieldPicker({ object, value, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const [opened, setOpened] = useState(false);
  const [trail, setTrail] = useState<Field[]>([]);
  const [search, setSearch] = useState("");
  const at = trail.length ? objectNamed(schema, trail.at(-1)?.target) : object;
  const shown = fieldsOn(schema, object, value);
  const matches = (field: Field) => label(field.label).toLowerCase().includes(search.toLowerCase());
  const fields = (at ? speaking(at) : []).filter(
    (field) => (field.operators?.length ?? 0) > 0 && matches(field),
  );
  const path = (field: Field) => [...trail, field].map(({ name }) => name).join(".");
  const pick = (field: Field) => {
    onChange(path(field), field);
    setOpened(false);
  };
  const enter = (next: Field[]) => {
    setTrail(next);
    setSearch("");
  };
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={260}
      closeOnItemClick={false}
      onClose={() => enter([])}
    >
      <Menu.Target>
        <Button
          variant="default"
          fw={400}
          justify="space-between"
          fullWidth
          rightSection={<IconChevronRight size={12} />}
        >
          <span className="gx-ellipsis">
            {shown.map((field) => label(field.label)).join(" › ") || t("filter.field")}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {trail.length > 0 && (
          <Menu.Item leftSection={<IconChevronLeft size={14} />} onClick={() => enter(trail.slice(0, -1))}>
            {trail.map((field) => label(field.label)).join(" › ")}
          </Menu.Item>
        )}
        <TextInput
          size="xs"
          m={4}
          leftSection={<IconSearch size={13} />}
          aria-label={t("filter.find_field")}
          placeholder={t("filter.find_field")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={280}>
          {fields.map((field) => (
            <div key={field.name} style={{ display: "flex" }}>
              <Menu.Item onClick={() => pick(field)}>{label(field.label)}</Menu.Item>
              {(field.kind === "link" || field.kind === "person") && trail.length < linksMax && (
                <Menu.Item
                  w={34}
                  px={8}
                  aria-label={t("filter.through", { field: label(field.label) })}
                  onClick={() => enter([...trail, field])}
                >
                  <IconChevronRight size={14} />
                </Menu.Item>
              )}
            </div>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
