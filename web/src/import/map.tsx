//! Second step: which object the rows become, where each column goes, and what happens to duplicates.

import { Alert, Button, NativeSelect, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldAt, may, objectNamed, useSchema } from "../api/schema";
import { inspect, type LinkRule, type Mapping, startImport } from "../api/transfers";
import type { ObjectSchema } from "../api/types";
import { Problems } from "../form/problems";
import { formatCount, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { ColumnTable } from "./columns";
import { Duplicates } from "./duplicates";
import styles from "./import.module.css";
import { KeepMapping } from "./keep";
import { emptyMapping } from "./mapping";
import type { Source } from "./page";

interface Props {
  source: Source;
  object?: string;
  onBack: () => void;
  onStarted: (id: string) => void;
}

export function MapColumns({ source, object: asked, onBack, onStarted }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const format = useFormat();
  const offered = schema.objects.filter((object) => may(object, "import") && !object.hidden);
  const guess = source.inspection.mapping;
  const [mapping, setMapping] = useState<Mapping>(() => ({
    ...emptyMapping(asked ?? guess?.object ?? offered[0]?.name ?? ""),
    ...(guess && (!asked || guess.object === asked) ? guess : {}),
  }));
  const object = objectNamed(schema, mapping.object);
  const choose = useMutation({
    mutationFn: (name: string) => inspect(source.file, name),
    onSuccess: (answer, name) => setMapping({ ...emptyMapping(name), ...answer.mapping, object: name }),
  });
  const check = useMutation({
    mutationFn: () => startImport(source.file, mapping, true),
    onSuccess: (started) => onStarted(started.id),
  });
  const { inspection } = source;
  const facts = [
    inspection.kind.toUpperCase(),
    inspection.encoding,
    t("import.rows", { count: inspection.rows, rows: formatCount(inspection.rows, true, format) }),
  ];
  const mapped = Object.keys(mapping.columns).length;
  return (
    <div className={styles.stack}>
      <Alert variant="light" color="gray" title={source.name}>
        {facts.filter(Boolean).join(" · ")}
      </Alert>
      <Select
        className={styles.short}
        size="xs"
        label={t("import.object")}
        searchable
        data={offered.map((one) => ({ value: one.name, label: label(one.plural_label) }))}
        value={mapping.object}
        onChange={(name) => name && choose.mutate(name)}
      />
      {object && (
        <ColumnTable object={object} inspection={inspection} mapping={mapping} onChange={setMapping} />
      )}
      {object && <Links object={object} mapping={mapping} onChange={setMapping} />}
      {object && <Duplicates object={object} mapping={mapping} onChange={setMapping} />}
      <Problems error={choose.error ?? check.error} />
      <div className={styles.foot}>
        <Button variant="default" onClick={onBack}>
          {t("import.back")}
        </Button>
        <KeepMapping name={source.name} mapping={mapping} onChange={setMapping} />
        <span className={styles.grow} />
        <span className="gx-muted">{t("import.mapped", { mapped, columns: inspection.columns.length })}</span>
        <Button disabled={mapped === 0} loading={check.isPending} onClick={() => check.mutate()}>
          {t("import.check")}
        </Button>
      </div>
    </div>
  );
}

interface LinksProps {
  object: ObjectSchema;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** What happens when a linked record is not there. */
function Links({ object, mapping, onChange }: LinksProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const links = Object.entries(mapping.links ?? {});
  if (links.length === 0) return null;
  const name = (path: string) => {
    const field = object.fields.find((one) => one.name === path.split(".")[0]);
    return label(field?.label) + (path.includes(".") ? ` › ${path.split(".").slice(1).join(" › ")}` : "");
  };
  // A rule that names no fields finds by name, mail or number, as the server does.
  const found = (path: string, rule: LinkRule) => {
    if (rule.match?.length) return rule.match.join(", ");
    const target = objectNamed(schema, fieldAt(schema, object, path)?.target);
    return label(target?.fields.find((one) => one.name === target.title_field)?.label) || "id";
  };
  return (
    <fieldset className={styles.box}>
      <legend>{t("import.links")}</legend>
      {links.map(([path, rule]) => (
        <div key={path} className={styles.link}>
          <span>{t("import.link_by", { link: name(path), fields: found(path, rule) })}</span>
          <NativeSelect
            size="xs"
            aria-label={t("import.if_missing", { link: name(path) })}
            value={rule.if_missing}
            onChange={({ currentTarget }) =>
              onChange({
                ...mapping,
                links: {
                  ...mapping.links,
                  [path]: { ...rule, if_missing: currentTarget.value as typeof rule.if_missing },
                },
              })
            }
            data={(["create", "empty", "problem"] as const).map((value) => ({
              value,
              label: t(`import.missing_${value}`),
            }))}
          />
        </div>
      ))}
    </fieldset>
  );
}
