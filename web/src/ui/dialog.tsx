//! The dialog of all screens: the component kit's, with its cross named for screen readers.

import { Modal, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  return <Modal closeButtonProps={{ "aria-label": t("form.close") }} {...props} />;
}
