//! The fields of a record in their sections; one click makes them a form, one save sends what changed.

import { ActionIcon, Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayWith, writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { Cell } from "../fields/cell";
import { readDraft } from "../form/draft";
import { allSections } from "../form/sections";
import { formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { useKeys } from "../ui/keys";
import { draftOf, EditForm } from "./edit";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

export function Details({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const editable = !readOnly && mayWith(object, record, "update");
  // Changes left behind unsaved are taken up again.
  const [editing, setEditing] = useState(() =>
    editable && readDraft(draftOf(record)) ? object.title_field : null,
  );
  const sections = allSections(object);
  useKeys({ e: () => editable && setEditing(object.title_field) });
  if (editing !== null) {
    return (
      <section className={styles.panel} aria-label={t("record.edit")}>
        <EditForm object={object} record={record} focus={editing} onClose={() => setEditing(null)} />
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label={t("record.details")}>
      {sections.map((section, index) => (
        <div key={section.name} className={styles.section}>
          <div className={styles.sectionHead}>
            <h2>{label(section.label)}</h2>
            {index === 0 && editable && (
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconPencil size={13} />}
                aria-keyshortcuts="e"
                onClick={() => setEditing(object.title_field)}
              >
                {t("record.edit")}
              </Button>
            )}
          </div>
          <dl className={styles.fields}>
            {section.fields.map((field) => (
              <Line
                key={field.name}
                field={field}
                record={record}
                onEdit={editable && writable(field) ? () => setEditing(field.name) : undefined}
              />
            ))}
          </dl>
        </div>
      ))}
      <Stamp record={record} />
    </section>
  );
}

function Line({ field, record, onEdit }: { field: Field; record: CrmRecord; onEdit?: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const name = label(field.label);
  return (
    <div className={styles.line} data-wide={field.kind === "long_text" || undefined}>
      <dt title={label(field.help) || undefined}>{name}</dt>
      <dd>
        <Cell field={field} value={record[field.name]} roomy />
        {onEdit && (
          <ActionIcon
            size={22}
            className={styles.pencil}
            aria-label={t("record.edit_field", { field: name })}
            onClick={onEdit}
          >
            <IconPencil size={13} />
          </ActionIcon>
        )}
      </dd>
    </div>
  );
}

function Stamp({ record }: { record: CrmRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const stamp = (at: string | undefined, by: { title: string } | null | undefined) =>
    at ? [formatInstant(at, format), by?.title].filter(Boolean).join(" · ") : "";
  return (
    <p className={styles.stamp}>
      {t("record.created", { what: stamp(record.created_at, record.created_by) })}
      <br />
      {t("record.updated", { what: stamp(record.updated_at, record.updated_by) })}
    </p>
  );
}
