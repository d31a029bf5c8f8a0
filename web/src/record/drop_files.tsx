//! Files dropped on a record, chosen or pasted belong to it; each with its progress and its problem.

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed } from "../api/records";
import { may, mayWith, objectNamed, useSchema } from "../api/schema";
import { upload } from "../api/transfers";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { say, sayProblem } from "../ui/toast";
import styles from "./record.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
  children: ReactNode;
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

export function DropFiles({ object, record, readOnly, children }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const files = objectNamed(useSchema(), "file");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useMutation({
    mutationFn: async (given: File[]) => {
      for (const file of given) await upload(file, { object: object.name, id: record.id });
      return given.length;
    },
    onSuccess: (count) => say(t("file.attached", { count })),
    onError: sayProblem,
    onSettled: () => changed(client, object.name, "file"),
  });
  const able = !readOnly && files && may(files, "create") && mayWith(object, record, "update");
  if (!able) return <div className={styles.right}>{children}</div>;
  const chosen = (list: FileList | null) => list?.length && take.mutate([...list]);
  return (
    <div
      className={styles.right}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!holdsFiles(event)) return;
        event.preventDefault();
        chosen(event.dataTransfer.files);
      }}
    >
      <Tooltip label={t("file.attach")}>
        <ActionIcon
          className={styles.attach}
          aria-label={t("file.attach")}
          loading={take.isPending}
          onClick={() => input.current?.click()}
        >
          <IconPaperclip size={16} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={input}
        type="file"
        multiple
        className="gx-hidden"
        tabIndex={-1}
        aria-label={t("file.attach")}
        onChange={(event) => {
          chosen(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {over && <div className={styles.drop}>{t("file.drop")}</div>}
      {children}
    </div>
  );
}
