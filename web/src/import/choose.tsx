//! First step: a file by dropping it or choosing it. The server reads it and says what it found.

import { Button, Loader } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { inspect, upload } from "../api/transfers";
import { Failed } from "../ui/state";
import styles from "./import.module.css";
import type { Source } from "./page";

const accepted = ".csv,.tsv,.txt,.gz,.xlsx,.vcf,text/csv,text/vcard";

export function Choose({ object, onChosen }: { object?: string; onChosen: (source: Source) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useMutation({
    mutationFn: async (file: File): Promise<Source> => {
      const { id } = await upload(file);
      return { file: id, name: file.name, inspection: await inspect(id, object) };
    },
    onSuccess: onChosen,
  });
  const chosen = (files: FileList | null) => {
    const file = files?.[0];
    if (file) take.mutate(file);
  };
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        chosen(event.dataTransfer.files);
      }}
    >
      {take.isPending ? (
        <div role="status" className={styles.reading}>
          <Loader size="sm" />
          {t("import.reading", { name: take.variables.name })}
        </div>
      ) : (
        <>
          <IconFileUpload size={34} stroke={1.3} aria-hidden="true" />
          <p className={styles.big}>{t("import.drop")}</p>
          <p className="gx-muted">{t("import.formats")}</p>
          <Button onClick={() => input.current?.click()}>{t("import.choose")}</Button>
          <input
            ref={input}
            type="file"
            className="gx-hidden"
            tabIndex={-1}
            aria-label={t("import.choose")}
            accept={accepted}
            onChange={(event) => chosen(event.currentTarget.files)}
          />
        </>
      )}
      {take.error && <Failed error={take.error} />}
    </div>
  );
}
