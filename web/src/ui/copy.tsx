//! A button that copies a text and says so.

import { ActionIcon, Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** How long the tick is shown. */
const tickMs = 1500;

export function CopyButton({ text, wide }: { text: string; wide?: boolean }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(() => {
      setDone(true);
      setTimeout(() => setDone(false), tickMs);
    });
  const icon = done ? <IconCheck size={14} /> : <IconCopy size={14} />;
  if (wide)
    return (
      <Button variant="default" leftSection={icon} onClick={copy}>
        {t(done ? "copy.done" : "copy.copy")}
      </Button>
    );
  return (
    <ActionIcon aria-label={t(done ? "copy.done" : "copy.copy")} onClick={copy}>
      {icon}
    </ActionIcon>
  );
}
