//! Says that everything is shown as another user sees it, and ends that.

import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { seeAs } from "../api/see_as";
import { useMe } from "../api/session";
import styles from "./seeing_as.module.css";

export function SeeingAs() {
  const { t } = useTranslation();
  const me = useMe();
  if (!me.seen_by) return null;
  return (
    <div className={styles.banner} role="status">
      <span>{t("shell.seeing", { name: me.user.name })}</span>
      <Button size="compact-sm" variant="default" onClick={() => seeAs(null)}>
        {t("shell.stop_seeing")}
      </Button>
    </div>
  );
}
