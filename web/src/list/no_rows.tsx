//! A list without rows: nothing matches, an empty bin, or nothing there yet. Says what to do in each case.

import { Button, Group } from "@mantine/core";
import { IconSearchOff, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { may } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { useCreate } from "../form/create";
import { small, useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty } from "../ui/state";
import type { ListState } from "./state";

export function NoRows({ object, state }: { object: ObjectSchema; state: ListState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const create = useCreate();
  if (state.q || state.changed) {
    return (
      <Empty title={t("list.no_match")} icon={<IconSearchOff size={28} stroke={1.4} />}>
        <Button variant="default" onClick={() => state.set({ q: null, filter: null })}>
          {t("list.show_all")}
        </Button>
      </Empty>
    );
  }
  if (state.deleted) return <Empty title={t("list.bin_empty")} icon={<IconTrash size={28} stroke={1.4} />} />;
  if (state.view.filter) {
    return <Empty title={t("list.none_in_view")} icon={<Icon name={object.icon} size={28} />} />;
  }
  return (
    <Empty
      title={t("list.none", { objects: small(label(object.plural_label)) })}
      icon={<Icon name={object.icon} size={28} />}
    >
      <p className="gx-muted">{t("list.none_hint")}</p>
      <Group>
        {may(object, "create") && (
          <Button onClick={() => create(object)}>
            {t("list.new", { object: small(label(object.label)) })}
          </Button>
        )}
        {may(object, "import") && (
          <Button variant="default" component={Link} to={`/import?object=${object.name}`}>
            {t("import.title")}
          </Button>
        )}
      </Group>
    </Empty>
  );
}
