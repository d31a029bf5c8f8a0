//! Says that a record is shown as it was, what differs from now, and offers to bring that back.

import { Alert, Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changed, recordQuery, updateRecord } from "../api/records";
import { mayWith } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { differing, restoring } from "./put_back";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  then: CrmRecord;
  at: string;
  onLeave: () => void;
}

export function AsOf({ object, then, at, onLeave }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const { data: now } = useQuery(recordQuery(object, then.id));
  const names = now ? differing(object, now, then) : [];
  const labels = names.map((name) => label(object.fields.find((field) => field.name === name)?.label));
  const restore = useMutation({
    mutationFn: (present: CrmRecord) =>
      updateRecord(object, present.id, present.version, restoring(object, then, names)),
    onSuccess: (saved, present) => {
      onLeave();
      void changed(client, object.name);
      sayWithUndo(t("record.put_back"), async () => {
        await updateRecord(object, present.id, saved.version, restoring(object, present, names));
        await changed(client, object.name);
      });
    },
    onError: sayProblem,
  });
  return (
    <Alert className={styles.asOf} color="yellow" variant="light" icon={<IconHistory size={16} />}>
      <span className={styles.asOfText}>
        <span>
          {t("record.as_of", { when: formatInstant(at, format) })}
          {names.length > 0 && (
            <span className="gx-muted"> {t("record.differs", { fields: labels.join(t("merge.and")) })}</span>
          )}
        </span>
        <span className={styles.grow} />
        {now && names.length > 0 && !now.deleted_at && mayWith(object, now, "update") && (
          <Button
            variant="default"
            size="compact-sm"
            loading={restore.isPending}
            onClick={() => restore.mutate(now)}
          >
            {t("record.restore_then")}
          </Button>
        )}
        <Button variant="default" size="compact-sm" onClick={onLeave}>
          {t("record.now")}
        </Button>
      </span>
    </Alert>
  );
}
