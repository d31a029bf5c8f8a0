//! Asked when one leaves with changes that are not saved.

import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./record.module.css";

export function Leave({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onStay} title={t("form.leave_title")}>
      <p>{t("form.leave_text")}</p>
      <div className={styles.actions}>
        <Button variant="default" color="red" onClick={onLeave}>
          {t("form.leave")}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t("form.stay")}
        </Button>
      </div>
    </Modal>
  );
}
