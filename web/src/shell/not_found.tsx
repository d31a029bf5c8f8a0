//! What is not there, or may not be seen: the two look alike on purpose.

import { Button } from "@mantine/core";
import { IconGhost2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../ui/state";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty page title={t("shell.not_found")} icon={<IconGhost2 size={28} stroke={1.4} />}>
      <p className="gx-muted">{t("shell.not_found_hint")}</p>
      <Button variant="default" component={Link} to="/">
        {t("shell.home")}
      </Button>
    </Empty>
  );
}
