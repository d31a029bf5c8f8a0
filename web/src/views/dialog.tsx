//! Asks how a view is called, what it looks like and who has it.

import "../theme/forms.css";
import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { freshView, type ListState } from "../list/state";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { say, sayProblem } from "../ui/toast";
import { changeView, type Kept, keepView } from "./save";
import type { SavedView } from "./views";
import styles from "./views.module.css";

interface Props {
  object: ObjectSchema;
  state: ListState;
  renamed?: SavedView;
  onClose: () => void;
}

export default function ViewDialog({ object, state, renamed, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const client = useQueryClient();
  const columns = object.fields.filter(
    ({ kind, name }) => kind === "choice" || (kind === "link" && name !== "id"),
  );
  const dates = object.fields.filter(({ kind, result }) => ["date", "instant"].includes(result ?? kind));
  const { view } = state;
  const [kept, setKept] = useState<Kept>({
    name: renamed ? String(renamed.saved.name) : "",
    kind: view.kind,
    shared: "me",
    pinned: false,
    group: view.kind === "list" ? state.group : (view.group ?? null),
    date: view.date ?? null,
  });
  const set = (change: Partial<Kept>) => setKept({ ...kept, ...change });
  const kinds: Kept["kind"][] = [
    "list",
    ...(columns.length > 0 ? (["board"] as const) : []),
    ...(dates.length > 0 ? (["calendar"] as const) : []),
  ];
  const save = useMutation({
    mutationFn: async () => {
      if (renamed) return changeView(client, schema, renamed, { name: kept.name.trim() });
      const made = await keepView(client, schema, object, state, {
        ...kept,
        name: kept.name.trim(),
        group:
          kept.kind === "board"
            ? (kept.group ?? columns[0]?.name ?? null)
            : kept.kind === "list"
              ? kept.group
              : null,
        date: kept.kind === "calendar" ? (kept.date ?? dates[0]?.name ?? null) : null,
      });
      state.set({ ...freshView, view: made.id });
      return undefined;
    },
    onSuccess: () => {
      say(t("views.saved"));
      onClose();
    },
    onError: sayProblem,
  });
  const name = kept.name.trim();
  return (
    <Dialog opened onClose={onClose} title={t(renamed ? "views.rename" : "views.keep")} size={420}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name) save.mutate();
        }}
      >
        <TextInput
          label={t("views.name")}
          data-autofocus
          required
          maxLength={80}
          value={kept.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        {!renamed && (
          <>
            {kinds.length > 1 && (
              <SegmentedControl
                aria-label={t("views.kind")}
                value={kept.kind}
                onChange={(kind) => set({ kind: kind as Kept["kind"] })}
                data={kinds.map((kind) => ({ value: kind, label: t(`views.${kind}`) }))}
              />
            )}
            {kept.kind === "board" && (
              <NativeSelect
                label={t("views.columns_by")}
                value={kept.group ?? columns[0]?.name}
                onChange={({ currentTarget }) => set({ group: currentTarget.value })}
                data={columns.map((field) => ({ value: field.name, label: label(field.label) }))}
              />
            )}
            {kept.kind === "calendar" && (
              <NativeSelect
                label={t("views.placed_by")}
                value={kept.date ?? dates[0]?.name}
                onChange={({ currentTarget }) => set({ date: currentTarget.value })}
                data={dates.map((field) => ({ value: field.name, label: label(field.label) }))}
              />
            )}
            <SegmentedControl
              aria-label={t("views.for")}
              value={kept.shared}
              onChange={(shared) => set({ shared: shared as Kept["shared"] })}
              data={[
                { value: "me", label: t("views.for_me") },
                { value: "team", label: t("views.for_team") },
                { value: "all", label: t("views.for_all") },
              ]}
            />
            <Checkbox
              label={t("views.pin")}
              checked={kept.pinned}
              onChange={({ currentTarget }) => set({ pinned: currentTarget.checked })}
            />
          </>
        )}
        <div className={styles.end}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
