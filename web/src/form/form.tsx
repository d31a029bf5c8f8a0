//! The fields of an object as inputs, in its sections, each with its problem. Holds no state.

import type { FieldProblem, ObjectSchema, Value } from "../api/types";
import { FieldInput } from "../fields/input";
import { useLabel } from "../text/label";
import type { Values } from "./draft";
import styles from "./form.module.css";
import { formSections } from "./sections";

interface Props {
  object: ObjectSchema;
  values: Values;
  problems: FieldProblem[];
  onChange: (name: string, value: Value) => void;
  /** The field to begin with; the first where none is named. */
  focus?: string;
  columns?: 1 | 2;
}

export function RecordForm({ object, values, problems, onChange, focus, columns = 2 }: Props) {
  const label = useLabel();
  const sections = formSections(object);
  const first = focus ?? sections[0]?.fields[0]?.name;
  return (
    <div className={styles.form}>
      {sections.map((section) => (
        <fieldset key={section.name} className={styles.section}>
          {sections.length > 1 && <legend className={styles.legend}>{label(section.label)}</legend>}
          <div className={styles.grid} data-columns={columns}>
            {section.fields.map((field) => (
              <div
                key={field.name}
                className={styles.field}
                data-wide={field.kind === "long_text" || undefined}
              >
                <FieldInput
                  field={field}
                  value={values[field.name]}
                  onChange={(value) => onChange(field.name, value)}
                  error={problems.find((problem) => problem.field === field.name)?.message}
                  autoFocus={field.name === first}
                />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
