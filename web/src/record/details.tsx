//! The fields of a record in their sections, which fold. A field is edited where it stands, or all of them in a form.

import { ActionIcon, Button } from "@mantine/core";
import { IconChevronDown, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayWith, writable } from "../api/schema";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { Cell } from "../fields/cell";
import { blank } from "../fields/kind";
import { readDraft } from "../form/draft";
import { allSections, type FormSection } from "../form/sections";
import { formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { useKeys } from "../ui/keys";
import { draftOf, EditForm } from "./edit";
import { useFolded } from "./folded";
import { InlineEdit } from "./inline";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
}

export function Details({ object, record, readOnly }: Props) {
  const { t } = useTranslation();
  const editable = !readOnly && mayWith(object, record, "update");
  // Changes left behind unsaved are taken up again.
  const [whole, setWhole] = useState(() => editable && !!readDraft(draftOf(record)));
  const [at, setAt] = useState<string | null>(null);
  const edit = () => {
    setAt(null);
    setWhole(true);
  };
  useKeys({ e: () => editable && edit() });
  if (whole) {
    return (
      <section className={styles.panel} aria-label={t("record.edit")}>
        <EditForm
          object={object}
          record={record}
          focus={object.title_field}
          onClose={() => setWhole(false)}
        />
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label={t("record.details")}>
      {allSections(object).map((section, index) => (
        <Section key={section.name} object={object} section={section} record={record}>
          {index === 0 && editable && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPencil size={13} />}
              aria-keyshortcuts="e"
              onClick={edit}
            >
              {t("record.edit")}
            </Button>
          )}
          {section.fields.map((field) => (
            <Line
              key={field.name}
              object={object}
              field={field}
              record={record}
              open={at === field.name}
              onEdit={editable && writable(field) ? () => setAt(field.name) : undefined}
              onClose={() => setAt(null)}
            />
          ))}
        </Section>
      ))}
      <Stamp record={record} />
    </section>
  );
}

interface SectionProps {
  object: ObjectSchema;
  section: FormSection;
  record: CrmRecord;
  children: React.ReactNode[];
}

function Section({ object, section, record, children }: SectionProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [button, ...lines] = children;
  const filled = section.fields.filter(({ name }) => !blank(record[name])).length;
  const [folded, fold] = useFolded(`${object.name}.${section.name}`);
  return (
    <div className={styles.section}>
      <div className={styles.sectionHead}>
        <h2>
          <button type="button" className={styles.fold} aria-expanded={!folded} onClick={() => fold(!folded)}>
            <IconChevronDown size={13} aria-hidden="true" />
            {label(section.label)}
            {folded && (
              <span className={styles.filled}>
                {t("record.filled", { filled, fields: section.fields.length })}
              </span>
            )}
          </button>
        </h2>
        {button}
      </div>
      {!folded && <dl className={styles.fields}>{lines}</dl>}
    </div>
  );
}

interface LineProps {
  object: ObjectSchema;
  field: Field;
  record: CrmRecord;
  open: boolean;
  onEdit?: () => void;
  onClose: () => void;
}

function Line({ object, field, record, open, onEdit, onClose }: LineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const name = label(field.label);
  return (
    <div className={styles.line} data-wide={field.kind === "long_text" || undefined}>
      <dt title={label(field.help) || undefined}>{name}</dt>
      <dd>
        {open ? (
          <InlineEdit object={object} record={record} field={field} onClose={onClose} />
        ) : (
          <>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside it is the keyboard's way. */}
            <div
              className={styles.value}
              data-editable={!!onEdit || undefined}
              onClick={(event) => {
                const taken = (event.target as Element).closest("a, button");
                if (onEdit && !taken && !window.getSelection()?.toString()) onEdit();
              }}
            >
              <Cell field={field} value={record[field.name]} roomy />
            </div>
            {onEdit && (
              <ActionIcon
                size={24}
                className={styles.pencil}
                aria-label={t("record.edit_field", { field: name })}
                onClick={onEdit}
              >
                <IconPencil size={13} />
              </ActionIcon>
            )}
          </>
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
