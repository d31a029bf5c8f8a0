//! Exports what a list shows, in the background: choose a format, watch it grow, fetch the file.

import "../theme/forms.css";
import { Button, Checkbox, Progress, Radio } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportAddress, exportQuery, startExport } from "../api/transfers";
import type { ObjectSchema } from "../api/types";
import { both } from "../filters/filter";
import styles from "../list/list.module.css";
import type { ListState } from "../list/state";
import { formatCount, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Dialog } from "../ui/dialog";
import { Failed } from "../ui/state";

const formats = ["xlsx", "csv", "jsonl", "vcard"] as const;

export default function ExportDialog({
  object,
  state,
  onClose,
}: {
  object: ObjectSchema;
  state: ListState;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const [format, setFormat] = useState<(typeof formats)[number]>("xlsx");
  const [shown, setShown] = useState(true);
  // A card has a name and ways to reach it; an object without a phone or mail makes none.
  const offered = formats.filter(
    (one) => one !== "vcard" || object.fields.some(({ kind }) => kind === "email" || kind === "phone"),
  );
  const start = useMutation({
    mutationFn: () =>
      startExport({
        object: object.name,
        format,
        filter: both(state.asked, state.q ? { search: state.q } : null),
        sort: state.sort,
        fields: shown ? state.columns.map(({ path }) => path) : null,
        raw: false,
      }),
  });
  return (
    <Dialog opened onClose={onClose} title={`${t("export.title")} · ${label(object.plural_label)}`}>
      {start.data ? (
        <Running id={start.data.id} />
      ) : (
        <div className={styles.stack}>
          <p className="gx-muted">{t("export.text")}</p>
          <Radio.Group
            label={t("export.format")}
            value={format}
            onChange={(value) => setFormat(value as typeof format)}
          >
            <div className={styles.stack} style={{ gap: 8, marginTop: 8 }}>
              {offered.map((one) => (
                <Radio key={one} size="xs" value={one} label={t(`export.${one}`)} />
              ))}
            </div>
          </Radio.Group>
          <Checkbox
            size="xs"
            label={t("export.shown_columns")}
            checked={shown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
          {start.error && <Failed error={start.error} />}
          <div className={styles.actions}>
            <Button variant="default" onClick={onClose}>
              {t("form.cancel")}
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t("export.start")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Running({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(exportQuery(id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  const done = data?.rows_done ?? 0;
  const total = data?.rows_total ?? 0;
  if (data?.status === "failed") return <p role="alert">{t("export.failed")}</p>;
  if (data?.status !== "done") {
    return (
      <div className={styles.stack} role="status">
        <p>{t("export.running", { rows: formatCount(done, true, format) })}</p>
        <Progress value={total ? (done / total) * 100 : 100} animated aria-label={t("export.title")} />
        <p className="gx-muted">{t("export.may_close")}</p>
      </div>
    );
  }
  return (
    <div className={styles.stack} role="status">
      <p>{t("export.ready", { rows: formatCount(done, true, format) })}</p>
      <Button component="a" href={exportAddress(id)} download leftSection={<IconDownload size={14} />}>
        {t("export.download")}
      </Button>
    </div>
  );
}
