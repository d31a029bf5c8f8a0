//! One record on a board: title, a few values, and the menu that moves it without dragging.

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CrmRecord, Field, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { Cell, valueAt } from "../fields/cell";
import { blank } from "../fields/kind";
import type { ListState } from "../list/state";
import type { Step } from "../record/steps";
import { useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Dot } from "../ui/chip";
import styles from "./board.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  state: ListState;
  field: Field;
  step: Step;
  steps: Step[];
  editable: boolean;
  lifted: boolean;
  onLift: (record: CrmRecord | undefined) => void;
  onMove: (step: Step) => void;
  onKey: (key: string) => boolean;
}

/** Values a card shows. */
const valuesMax = 4;

export function BoardCard(props: Props) {
  const { object, record, state, field, step, steps, editable, lifted, onLift, onMove, onKey } = props;
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const title = titleOf(object, record, format);
  const values = state.columns
    .filter(({ path }) => path !== object.title_field && path !== field.name && !blank(valueAt(record, path)))
    .slice(0, valuesMax);
  return (
    <article
      className={styles.card}
      draggable={editable}
      data-lifted={lifted || undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", title);
        onLift(record);
      }}
      onDragEnd={() => onLift(undefined)}
    >
      <div className={styles.cardHead}>
        <Link
          className={`gx-link ${styles.cardTitle}`}
          to={`/${object.plural}/${record.id}`}
          draggable={false}
          aria-describedby={editable ? "board-keys" : undefined}
          onKeyDown={(event) => {
            if (editable && !event.nativeEvent.isComposing && onKey(event.key)) event.preventDefault();
          }}
        >
          {title}
        </Link>
        {editable && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={24} aria-label={t("board.move_card", { title })}>
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
              <Menu.Label>{t("board.move_to")}</Menu.Label>
              {steps.map((to) => (
                <Menu.Item
                  key={to.id}
                  disabled={to.id === step.id}
                  leftSection={<Dot color={to.color} />}
                  onClick={() => onMove(to)}
                >
                  {to.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <dl className={styles.values}>
        {values.map(({ path, field: shown }) => (
          <div key={path}>
            <dt className="gx-hidden">{label(shown.label)}</dt>
            <dd title={label(shown.label)}>
              <Cell field={shown} value={valueAt(record, path)} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
