//! Who can see this record and why: the server's own reasons for a chosen person, and optionally for one field.

import "../theme/forms.css";
import { NativeSelect } from "@mantine/core";
import { IconCheck, IconEye, IconEyeOff, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explainQuery } from "../api/records";
import { speaking, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { CrmRecord, Field, ObjectSchema, Ref } from "../api/types";
import { FieldInput } from "../fields/input";
import { useLabel } from "../text/label";
import { Failed, Loading } from "../ui/state";
import styles from "./explain.module.css";

export default function Explain({ object, record }: { object: ObjectSchema; record: CrmRecord }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const me = useMe();
  const [person, setPerson] = useState<Ref>({ id: me.user.id, title: me.user.name });
  const [field, setField] = useState("");
  const { data, error, refetch } = useQuery(explainQuery(object, record.id, person.id, field || null));
  // People are records of whatever object person fields point at.
  const target = schema.objects.flatMap(({ fields }) => fields).find(({ kind }) => kind === "person")?.target;
  const who: Field = {
    name: "person",
    kind: "person",
    target,
    label: { en: t("explain.person"), "zh-CN": t("explain.person") },
    required: true,
  };
  return (
    <div className={styles.explain}>
      <div className={styles.ask}>
        <FieldInput field={who} value={person} onChange={(value) => value && setPerson(value as Ref)} />
        <NativeSelect
          size="xs"
          label={t("explain.field")}
          value={field}
          onChange={(event) => setField(event.currentTarget.value)}
          data={[
            { value: "", label: t("explain.record") },
            ...speaking(object).map((one) => ({ value: one.name, label: label(one.label) })),
          ]}
        />
      </div>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Loading /> : null}
      {data && (
        <div className={styles.answer}>
          <p className={styles.verdict} data-visible={data.visible}>
            {data.visible ? (
              <IconEye size={18} aria-hidden="true" />
            ) : (
              <IconEyeOff size={18} aria-hidden="true" />
            )}
            {t(data.visible ? "explain.visible" : "explain.invisible", { person: person.title })}
          </p>
          <ul className={styles.reasons}>
            {data.reasons.map(({ code, text }) => (
              <li key={code + text}>{text}</li>
            ))}
          </ul>
          <ul className={styles.actions}>
            {Object.entries(data.actions).map(([action, allowed]) => (
              <li key={action} data-allowed={allowed}>
                {allowed ? (
                  <IconCheck size={14} aria-hidden="true" />
                ) : (
                  <IconX size={14} aria-hidden="true" />
                )}
                {t(`action.${action}`, { defaultValue: action })}
                <span className="gx-hidden">{t(allowed ? "field.yes" : "field.no")}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
