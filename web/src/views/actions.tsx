//! Beside the views of a list: keep what is shown as a view, share it, pin it, rename it, open with it, delete it.

import { Button } from "@mantine/core";
import {
  IconDeviceFloppy,
  IconDots,
  IconHome,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconPlus,
  IconTrash,
  IconUser,
  IconUsers,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, objectNamed, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectSchema, Ref } from "../api/types";
import { freshView, type ListState } from "../list/state";
import { savedViews } from "../objects";
import { useLabel } from "../text/label";
import { MenuButton, type MenuPart } from "../ui/menu";
import { say, sayProblem, sayWithUndo } from "../ui/toast";
import { changeView, dropView, shown } from "./save";
import { firstView, isSaved, openWith } from "./views";
import styles from "./views.module.css";

const ViewDialog = lazy(() => import("./dialog"));

export default function ViewActions({ object, state }: { object: ObjectSchema; state: ListState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const client = useQueryClient();
  const { user, preferences } = useMe();
  const [asking, setAsking] = useState<"new" | "rename">();
  const keeper = objectNamed(schema, savedViews.object);
  if (!keeper || !may(keeper, "create")) return null;
  const { view } = state;
  const own =
    isSaved(view) && ((view.saved.owner as Ref | null)?.id === user.id || user.administrator)
      ? view
      : undefined;
  const change = (values: Record<string, unknown>, said: string) =>
    own && changeView(client, schema, own, values).then(() => say(said), sayProblem);
  const drop = async () => {
    if (!own) return;
    try {
      const undo = await dropView(client, schema, own);
      state.set({ ...freshView, view: null });
      sayWithUndo(t("views.deleted", { name: label(own.label) }), undo);
    } catch (error) {
      sayProblem(error);
    }
  };
  const first = firstView(object, state.views, preferences).name === view.name;
  const parts: MenuPart[] = [
    { key: "new", text: t("views.keep"), icon: <IconPlus size={14} />, act: () => setAsking("new") },
    {
      key: "first",
      text: t("views.open_first"),
      icon: <IconHome size={14} />,
      disabled: first,
      act: () => {
        openWith(client, object, view);
        say(t("views.opens", { name: label(view.label) }));
      },
    },
    ...(own
      ? [
          { key: "line", divider: true as const },
          {
            key: "pin",
            text: t(own.saved.pinned ? "views.unpin" : "views.pin"),
            icon: own.saved.pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />,
            act: () => change({ pinned: !own.saved.pinned }, t("views.saved")),
          },
          {
            key: "rename",
            text: t("views.rename"),
            icon: <IconPencil size={14} />,
            act: () => setAsking("rename"),
          },
          ...(["me", "team", "all"] as const).map((shared) => ({
            key: `for-${shared}`,
            text: t(`views.for_${shared}`),
            icon: shared === "me" ? <IconUser size={14} /> : <IconUsers size={14} />,
            radio: true,
            checked: own.saved.shared === shared,
            act: () => change({ shared }, t("views.saved")),
          })),
          { key: "line-2", divider: true as const },
          { key: "delete", text: t("views.delete"), icon: <IconTrash size={14} />, danger: true, act: drop },
        ]
      : []),
  ];
  return (
    <span className={styles.actions}>
      <MenuButton label={t("views.menu")} icon={<IconDots size={15} />} size={26} parts={parts} />
      {state.changed && (
        <>
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconDeviceFloppy size={14} />}
            onClick={() =>
              own
                ? changeView(client, schema, own, { ...shown(state), group: state.group }).then(() => {
                    state.reset();
                    say(t("views.saved"));
                  }, sayProblem)
                : setAsking("new")
            }
          >
            {t(own ? "views.save" : "views.keep")}
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={state.reset}>
            {t("views.reset")}
          </Button>
        </>
      )}
      {asking && (
        <Suspense fallback={null}>
          <ViewDialog
            object={object}
            state={state}
            renamed={asking === "rename" ? own : undefined}
            onClose={() => setAsking(undefined)}
          />
        </Suspense>
      )}
    </span>
  );
}
