//! The sidebar on a narrow screen: a drawer.

import "../theme/forms.css";
import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Sidebar } from "./sidebar";

export default function NarrowMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={264}
      title="Guanxi"
      padding="sm"
      closeButtonProps={{ "aria-label": t("form.close") }}
    >
      <Sidebar />
    </Drawer>
  );
}
