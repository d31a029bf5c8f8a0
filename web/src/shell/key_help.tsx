//! The keys there are, and a way to do without those of one letter.

import "../theme/forms.css";
import { Checkbox, Kbd } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog";
import { lettersOn, setLetters } from "../ui/keys";
import styles from "./shell.module.css";

const groups = [
  {
    title: "keys.everywhere",
    keys: [
      ["Ctrl/⌘ + K", "keys.palette"],
      ["/", "keys.search"],
      ["G …", "keys.go"],
      ["C", "keys.create"],
      ["Ctrl/⌘ + Z", "keys.undo"],
      ["[", "keys.sidebar"],
      ["Esc", "keys.close"],
      ["?", "keys.help"],
    ],
  },
  {
    title: "keys.lists",
    keys: [
      ["↑ ↓ ← →", "keys.cells"],
      ["J / K", "keys.move"],
      ["X, Shift + X", "keys.select"],
      ["Enter", "keys.open"],
      ["Space", "keys.peek"],
      ["Enter, F2", "keys.edit_cell"],
      ["Tab", "keys.next_cell"],
      ["Esc", "keys.leave_cell"],
      ["Shift + ↑ ↓ ← →", "keys.block"],
      ["Ctrl/⌘ + C, V", "keys.copy"],
      ["Delete", "keys.clear"],
      ["A", "keys.assign"],
    ],
  },
  {
    title: "keys.records",
    keys: [
      ["E", "keys.edit"],
      ["Ctrl/⌘ + Enter", "keys.save"],
      ["Space, ← →, Space", "keys.board"],
    ],
  },
] as const;

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [letters, setOn] = useState(lettersOn);
  return (
    <Dialog opened onClose={onClose} title={t("shell.help")} size={720}>
      <div className={styles.keyGroups}>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
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
          </section>
        ))}
      </div>
      <Checkbox
        mt="lg"
        label={t("keys.letters")}
        checked={letters}
        onChange={({ currentTarget: { checked } }) => {
          setLetters(checked);
          setOn(checked);
        }}
      />
    </Dialog>
  );
}
