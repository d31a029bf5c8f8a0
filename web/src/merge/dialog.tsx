//! Merging two records: the other one, field by field which value stays, what moves along, then the act with its undo.

import "../theme/forms.css";
import { Button } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { changed, mergeRecords, recordQuery, undoBulk } from "../api/records";
import type { CrmRecord, ObjectSchema, Ref } from "../api/types";
import { titleOf } from "../fields";
import { Problems } from "../form/problems";
import { useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { Failed, Loading } from "../ui/state";
import { sayWithUndo } from "../ui/toast";
import { differing, firstChoice, type Side, takeAndJoin } from "./choices";
import { FieldTable } from "./field_table";
import styles from "./merge.module.css";
import { Moved } from "./moved";
import { Pick } from "./pick";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  /** The record that goes, where it is known already. */
  other?: Ref;
  onClose: () => void;
}

export default function MergeDialog({ object, record, other: given, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const [other, setOther] = useState(given);
  // Which of the two stays can be turned round.
  const [turned, setTurned] = useState(false);
  const own = useQuery(recordQuery(object, record.id));
  const theirs = useQuery({ ...recordQuery(object, other?.id ?? ""), enabled: !!other });
  const title = t("merge.title", { objects: small(label(object.plural_label)) });
  const error = own.error ?? theirs.error;
  return (
    <Dialog opened onClose={onClose} size={other ? 860 : 560} title={title}>
      {!other ? (
        <Pick object={object} record={record} onPick={setOther} />
      ) : error ? (
        <Failed error={error} />
      ) : !own.data || !theirs.data ? (
        <Loading />
      ) : (
        <Decide
          key={`${turned}`}
          object={object}
          kept={turned ? theirs.data : own.data}
          gone={turned ? own.data : theirs.data}
          onTurn={() => setTurned(!turned)}
          onBack={() => setOther(undefined)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface DecideProps {
  object: ObjectSchema;
  kept: CrmRecord;
  gone: CrmRecord;
  onTurn: () => void;
  onBack: () => void;
  onClose: () => void;
}

function Decide({ object, kept, gone, onTurn, onBack, onClose }: DecideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const fields = differing(object, kept, gone);
  const [sides, setSides] = useState<Record<string, Side>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, firstChoice(field, kept, gone)])),
  );
  const input = (dry_run: boolean) => ({
    other: gone.id,
    version: kept.version,
    other_version: gone.version,
    ...takeAndJoin(fields, sides),
    dry_run,
  });
  const refresh = () => client.invalidateQueries();
  const trial = useQuery({
    queryKey: ["merge", kept.id, gone.id],
    queryFn: () => mergeRecords(object, kept.id, { ...input(true), take: [], join: [] }),
    gcTime: 0,
    retry: false,
  });
  const merge = useMutation({
    mutationFn: () => mergeRecords(object, kept.id, input(false)),
    onSuccess: ({ id, record }) => {
      onClose();
      navigate(`/${object.plural}/${kept.id}`, { replace: true });
      void changed(client, object.name).then(refresh);
      sayWithUndo(t("merge.done", { title: titleOf(object, record, format) }), async () => {
        if (id) await undoBulk(id);
        await refresh();
      });
    },
  });
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <div data-stays>
          <span className="gx-muted">{t("merge.stays")}</span>
          <strong>{titleOf(object, kept, format)}</strong>
        </div>
        <Button variant="default" leftSection={<IconArrowsExchange size={14} />} onClick={onTurn}>
          {t("merge.turn")}
        </Button>
        <div>
          <span className="gx-muted">{t("merge.goes")}</span>
          <strong>{titleOf(object, gone, format)}</strong>
        </div>
      </div>
      {fields.length === 0 ? (
        <p className="gx-muted">{t("merge.equal")}</p>
      ) : (
        <FieldTable fields={fields} kept={kept} gone={gone} sides={sides} onChange={setSides} />
      )}
      <Moved trial={trial.data} error={trial.error} />
      <Problems error={merge.error} object={object} />
      <div className={styles.foot}>
        <Button variant="default" onClick={onBack}>
          {t("merge.back")}
        </Button>
        <span className={styles.grow} />
        <span className="gx-muted">{t("merge.undoable")}</span>
        <Button loading={merge.isPending} disabled={!trial.data} onClick={() => merge.mutate()}>
          {t("merge.go")}
        </Button>
      </div>
    </div>
  );
}
