//! Third and fourth step: what would happen, then what happens and happened. Survives reloading: it has an address.

import { Button, Progress } from "@mantine/core";
import { IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { commandImport, errorsAddress, type ImportRecord, importQuery } from "../api/transfers";
import { formatCount, useFormat } from "../text/format";
import { Failed, Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import styles from "./import.module.css";
import { PreviewTable } from "./preview";

interface Props {
  id: string;
  onRunning: (running: boolean) => void;
  onBack?: () => void;
}

const counts = ["rows_created", "rows_updated", "rows_skipped", "rows_failed"] as const;

export function Run({ id, onRunning, onBack }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<"run" | "undo">();
  const { data, error, refetch } = useQuery(importQuery(id, asked));
  const command = useMutation({
    mutationFn: (name: "run" | "cancel" | "undo") => commandImport(id, name),
    onSuccess: (_done, name) => {
      if (name !== "cancel") setAsked(name);
      // A command only starts work: what is known of the import is stale until it is asked again.
      client.removeQueries({ queryKey: ["import", id] });
      void client.invalidateQueries();
    },
    onError: sayProblem,
  });
  const real = !!data && !data.dry_run;
  useEffect(() => onRunning(real), [real, onRunning]);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const going = data.status === "waiting" || data.status === "running";
  const checked = data.dry_run && data.status === "done";
  const applied = (data.rows_created ?? 0) + (data.rows_updated ?? 0);
  return (
    <div className={styles.stack}>
      <h2 className={styles.status}>
        {t(data.dry_run ? `import.checked_${data.status}` : `import.status_${data.status}`)}
      </h2>
      {going && <Going data={data} />}
      <Counts data={data} />
      {checked && <PreviewTable id={id} data={data} />}
      {(data.rows_failed ?? 0) > 0 && !going && (
        <Button
          component="a"
          className={styles.self}
          variant="default"
          href={errorsAddress(id)}
          download
          leftSection={<IconDownload size={14} />}
        >
          {t("import.errors")}
        </Button>
      )}
      <div className={styles.foot}>
        {onBack && data.dry_run && (
          <Button variant="default" onClick={onBack}>
            {t("import.back")}
          </Button>
        )}
        {!data.dry_run && !going && (
          <Button variant="default" component={Link} to="/import">
            {t("import.another")}
          </Button>
        )}
        <span className={styles.grow} />
        {going && (
          <Button
            variant="default"
            color="red"
            loading={command.isPending}
            onClick={() => command.mutate("cancel")}
          >
            {t("import.cancel")}
          </Button>
        )}
        {!data.dry_run && (data.status === "done" || data.status === "cancelled") && applied > 0 && (
          <Button
            variant="default"
            color="red"
            loading={command.isPending}
            onClick={() => command.mutate("undo")}
          >
            {t("import.undo")}
          </Button>
        )}
        {checked && (
          <Button
            leftSection={<IconPlayerPlay size={14} />}
            disabled={applied === 0}
            loading={command.isPending}
            onClick={() => command.mutate("run")}
          >
            {t("import.run", { count: applied })}
          </Button>
        )}
      </div>
    </div>
  );
}

function Going({ data }: { data: ImportRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const done = data.rows_done ?? 0;
  const total = data.rows_total ?? 0;
  return (
    <div role="status">
      <Progress value={total ? (done / total) * 100 : 100} animated aria-label={t("import.title")} />
      <p className="gx-muted">
        {t("import.progress", {
          done: formatCount(done, true, format),
          total: formatCount(total, true, format),
        })}
      </p>
      <p className="gx-muted">{t("import.may_leave")}</p>
    </div>
  );
}

function Counts({ data }: { data: ImportRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.counts}>
      {counts.map((name) => (
        <div key={name} data-bad={(name === "rows_failed" && (data.rows_failed ?? 0) > 0) || undefined}>
          <dt>{t(`import.${name}`)}</dt>
          <dd>{formatCount(data[name] ?? 0, true, format)}</dd>
        </div>
      ))}
    </dl>
  );
}
