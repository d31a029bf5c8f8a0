//! A record beside the list it is in: looked at, logged on and edited without leaving; up and down go through the list.

import { ActionIcon, Drawer, Tooltip } from "@mantine/core";
import { IconArrowsDiagonal, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { ObjectSchema } from "../api/types";
import { useLabel } from "../text/label";
import { useNeighbours } from "./neighbours";
import { PeekedRecord } from "./one";
import styles from "./peek.module.css";

interface Props {
  object: ObjectSchema;
  id: string;
  /** Another record of the list is to be shown; none to close. */
  onPeek: (id: string | null) => void;
}

export default function Peek({ object, id, onPeek }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const around = useNeighbours(object, id);
  const open = () => navigate(`/${object.plural}/${id}`);
  return (
    <Drawer.Root opened onClose={() => onPeek(null)} position="right" size={760} lockScroll={false}>
      <Drawer.Overlay backgroundOpacity={0.15} />
      <Drawer.Content
        aria-label={label(object.label)}
        onKeyDown={(event) => {
          const typing = (event.target as Element).closest("input, textarea, select, [role=listbox]");
          if (typing || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          if (event.key === "j" && around?.after) onPeek(around.after);
          else if (event.key === "k" && around?.before) onPeek(around.before);
          else if (event.key === " " && event.target === event.currentTarget) onPeek(null);
          else return;
          event.preventDefault();
        }}
      >
        <div className={styles.bar}>
          <Tooltip label={t("record.open_page")}>
            <ActionIcon aria-label={t("record.open_page")} onClick={open}>
              <IconArrowsDiagonal size={16} />
            </ActionIcon>
          </Tooltip>
          <ActionIcon
            aria-label={t("record.before")}
            disabled={!around?.before}
            onClick={() => onPeek(around?.before ?? null)}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={t("record.after")}
            disabled={!around?.after}
            onClick={() => onPeek(around?.after ?? null)}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
          <span className={styles.grow} />
          <Drawer.CloseButton aria-label={t("form.close")} />
        </div>
        <Drawer.Body p={0}>
          <PeekedRecord key={id} object={object} id={id} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
