//! A backup of everything, taken away as one verified file.

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { download } from "../api/client";
import { Problems } from "../form/problems";
import { say } from "../ui/toast";
import { Panel } from "./parts";
import styles from "./settings.module.css";

export default function Backup() {
  const { t } = useTranslation();
  const take = useMutation({
    mutationFn: () => download("POST", "/backup"),
    onSuccess: () => say(t("backup.done")),
  });
  return (
    <div className={styles.stack}>
      <Problems error={take.error} />
      <Panel
        title={t("backup.take_title")}
        text={t("backup.take_text")}
        action={
          <Button
            leftSection={<IconDownload size={14} />}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {t("backup.take")}
          </Button>
        }
      />
      <Panel title={t("backup.restore_title")} text={t("backup.restore_text")}>
        <pre className={styles.secret}>guanxi restore guanxi-main.zip</pre>
      </Panel>
    </div>
  );
}
