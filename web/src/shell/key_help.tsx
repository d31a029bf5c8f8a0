//! The keys there are.

import "../theme/forms.css";
import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog";
import styles from "./shell.module.css";

const keys = [
  ["Ctrl/⌘ + K", "keys.palette"],
  ["/", "keys.search"],
  ["C", "keys.create"],
  ["E", "keys.edit"],
  ["J / K, ↑ / ↓", "keys.move"],
  ["X", "keys.select"],
  ["Enter", "keys.open"],
  ["Ctrl/⌘ + Enter", "keys.save"],
  ["Space, ← →, Space", "keys.board"],
  ["Esc", "keys.close"],
  ["?", "keys.help"],
] as const;

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t("shell.help")}>
      <dl className={styles.keys}>
        {keys.map(([key, text]) => (
          <div key={text}>
            <dt>
              <Kbd size="xs">{key}</Kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
