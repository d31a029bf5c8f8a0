//! What can be done with the selected records: edit a field, delete, restore. Each can be undone once.

import { Button, CloseButton } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BulkInput, bulk, changed, undoBulk } from "../api/records";
import { may } from "../api/schema";
import type { BulkResult, ObjectSchema } from "../api/types";
import { both } from "../filters/filter";
import { formatCount, useFormat } from "../text/format";
import { Dialog } from "../ui/dialog";
import { say, sayProblem, sayWithUndo } from "../ui/toast";
import styles from "./list.module.css";
import type { Selection } from "./selection";
import type { ListState } from "./state";

const BulkEdit = lazy(() => import("./bulk_edit"));

interface Props {
  object: ObjectSchema;
  state: ListState;
  selection: Selection;
  count?: { value: number; exact: boolean };
}

export default function SelectionBar({ object, state, selection, count }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const run = useBulk(object, state, selection);
  const chosen = selection.all && count ? count.value : selection.ids.size;
  const more = !selection.all && count && count.value > selection.ids.size;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("bulk.title")}>
      <strong>{t("bulk.selected", { count: chosen })}</strong>
      {more && (
        <Button variant="subtle" size="compact-sm" onClick={selection.takeAll}>
          {t("bulk.take_all", { rows: formatCount(count.value, count.exact, format) })}
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
          {may(object, "update") && (
            <Button variant="default" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
              {t("bulk.edit")}
            </Button>
          )}
          {may(object, "delete") && (
            <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setDeleting(true)}>
              {t("record.delete")}
            </Button>
          )}
        </>
      )}
      <CloseButton aria-label={t("bulk.clear")} onClick={selection.clear} />
      {editing && (
        <Suspense fallback={null}>
          <BulkEdit
            object={object}
            count={chosen}
            onClose={() => setEditing(false)}
            onApply={(values) => run.mutateAsync({ action: "update", values })}
          />
        </Suspense>
      )}
      <Dialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("bulk.delete_title", { count: chosen })}
      >
        <p>{t("bulk.delete_text")}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={() => setDeleting(false)}>
            {t("form.cancel")}
          </Button>
          <Button
            color="red"
            loading={run.isPending}
            onClick={() => run.mutate({ action: "delete" }, { onSuccess: () => setDeleting(false) })}
          >
            {t("record.delete")}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

/** Ids a call takes; more go in several calls, undone together. */
const idsMax = 1000;

function useBulk(object: ObjectSchema, state: ListState, selection: Selection) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Pick<BulkInput, "action" | "values">): Promise<BulkResult[]> => {
      const search = state.q ? { search: state.q } : null;
      const filter = both(state.asked, search) ?? { and: [] };
      if (selection.all) return [await bulk(object, { ...input, filter })];
      const ids = [...selection.ids];
      const results: BulkResult[] = [];
      for (let from = 0; from < ids.length; from += idsMax) {
        results.push(await bulk(object, { ...input, ids: ids.slice(from, from + idsMax) }));
      }
      return results;
    },
    onSuccess: (results) => {
      selection.clear();
      void changed(client, object.name);
      const done = results.reduce((sum, result) => sum + result.done, 0);
      const failed = results.flatMap((result) => result.failed);
      const undo = async () => {
        for (const result of [...results].reverse()) await undoBulk(result.id);
        await changed(client, object.name);
      };
      if (done > 0) sayWithUndo(t("bulk.done", { count: done }), undo);
      if (failed.length > 0) {
        say(
          t("bulk.failed", {
            count: failed.length,
            reason: failed[0]?.problem.detail ?? failed[0]?.problem.title,
          }),
        );
      }
    },
    onError: sayProblem,
  });
}
