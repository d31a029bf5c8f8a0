//! What can be done with the selected records: assign, tag, edit a field, delete, restore. Each can be undone once.

import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconTag, IconTrash, IconUserShare } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, writable } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { formatCount, useFormat } from "../text/format";
import { Dialog } from "../ui/dialog";
import { useKeys } from "../ui/keys";
import { useBulk } from "./bulk";
import styles from "./list.module.css";
import type { Selection } from "./selection";
import type { ListState } from "./state";

const BulkEdit = lazy(() => import("./bulk_edit"));
const BulkTag = lazy(() => import("./bulk_tag"));

interface Props {
  object: ObjectSchema;
  state: ListState;
  selection: Selection;
  matching: { value: number; exact: boolean };
}

export default function SelectionBar({ object, state, selection, matching }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState<"edit" | "assign" | "tag" | "delete">();
  const run = useBulk(object, state, selection);
  const count = selection.count(matching.value);
  const more = !selection.all && matching.value > selection.ids.size;
  const owner = object.fields.find((field) => field.kind === "person" && writable(field));
  const tags = object.fields.find((field) => field.kind === "tags" && writable(field));
  const mayUpdate = may(object, "update");
  const close = () => setAsking(undefined);
  useKeys({ Escape: selection.clear });
  const button = (what: typeof asking, text: string, icon: React.ReactNode) => (
    <Button variant="default" leftSection={icon} onClick={() => setAsking(what)}>
      {text}
    </Button>
  );
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("bulk.title")}>
      <strong role="status">
        {t("bulk.selected", { count, rows: formatCount(count, matching.exact || !selection.all, format) })}
      </strong>
      {more && (
        <Button variant="subtle" size="compact-sm" onClick={selection.takeAll}>
          {t("bulk.take_all", { rows: formatCount(matching.value, matching.exact, format) })}
        </Button>
      )}
      <span className={styles.grow} />
      {state.deleted ? (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          loading={run.isPending}
          onClick={() => run.mutate({ action: "restore" })}
        >
          {t("record.restore")}
        </Button>
      ) : (
        <>
          {mayUpdate && owner && button("assign", t("bulk.assign"), <IconUserShare size={14} />)}
          {mayUpdate && tags && button("tag", t("bulk.tag"), <IconTag size={14} />)}
          {mayUpdate && button("edit", t("bulk.edit"), <IconPencil size={14} />)}
          {may(object, "delete") && button("delete", t("record.delete"), <IconTrash size={14} />)}
        </>
      )}
      <CloseButton aria-label={t("bulk.clear")} onClick={selection.clear} />
      <Suspense fallback={null}>
        {(asking === "edit" || asking === "assign") && (
          <BulkEdit
            object={object}
            only={asking === "assign" ? owner : undefined}
            count={count}
            onClose={close}
            onApply={(values) => run.mutateAsync({ action: "update", values })}
          />
        )}
        {asking === "tag" && tags && (
          <BulkTag
            field={tags}
            count={count}
            onClose={close}
            onApply={(add, remove) => run.mutateAsync({ field: tags.name, add, remove })}
          />
        )}
      </Suspense>
      {asking === "delete" && (
        <DeleteDialog
          count={count}
          busy={run.isPending}
          onClose={close}
          onDelete={() => run.mutate({ action: "delete" }, { onSettled: close })}
        />
      )}
    </div>
  );
}

/** Beyond so many, the number is typed before they are deleted. */
const typedFrom = 100;

interface DeleteProps {
  count: number;
  busy: boolean;
  onClose: () => void;
  onDelete: () => void;
}

function DeleteDialog({ count, busy, onClose, onDelete }: DeleteProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const sure = count <= typedFrom || typed.trim() === String(count);
  return (
    <Dialog opened onClose={onClose} title={t("bulk.delete_title", { count })}>
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (sure) onDelete();
        }}
      >
        <p>{t("bulk.delete_text")}</p>
        {count > typedFrom && (
          <TextInput
            data-autofocus
            inputMode="numeric"
            label={t("bulk.type_count", { count })}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={!sure}>
            {t("record.delete")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
