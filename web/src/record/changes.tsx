//! Field by field what a change did: old value, new value.

import { IconArrowRight } from "@tabler/icons-react";
import { fieldAt, useSchema } from "../api/schema";
import type { Change, Field, ObjectSchema, Value } from "../api/types";
import { valueText } from "../fields";
import { blank } from "../fields/kind";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import styles from "./timeline.module.css";

export function Changes({ object, changes }: { object: ObjectSchema; changes: Change[] }) {
  const label = useLabel();
  const schema = useSchema();
  const known = changes.flatMap((change) => {
    const field = fieldAt(schema, object, change.field);
    return field ? [{ change, field }] : [];
  });
  return (
    <dl className={styles.changes}>
      {known.map(({ change, field }) => (
        <div key={change.field}>
          <dt>{label(field.label)}</dt>
          <dd>
            {!blank(change.old) && (
              <>
                <Old field={field} value={change.old} />
                <IconArrowRight size={12} aria-hidden="true" className={styles.arrow} />
              </>
            )}
            <New field={field} value={change.new} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function useText(field: Field, value: Value): string {
  const format = useFormat();
  return blank(value) ? "—" : valueText(field, value, format);
}

function Old({ field, value }: { field: Field; value: Value }) {
  return <del className={styles.old}>{useText(field, value)}</del>;
}

function New({ field, value }: { field: Field; value: Value }) {
  return <ins className={styles.new}>{useText(field, value)}</ins>;
}
