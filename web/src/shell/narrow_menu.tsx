//! The sidebar on a narrow screen: a drawer.

import "../theme/forms.css";
import { Drawer } from "@mantine/core";
import { Sidebar } from "./sidebar";

export default function NarrowMenu({ onClose }: { onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} size={264} title="Guanxi" padding="sm">
      <Sidebar />
    </Drawer>
  );
}
