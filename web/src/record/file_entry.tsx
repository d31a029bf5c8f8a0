//! A file on a timeline: a small picture where it is one, its size, and the ways to look at it and to take it.

import { Button } from "@mantine/core";
import { IconDownload, IconEye } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { address } from "../api/client";
import type { CrmRecord } from "../api/types";
import { later } from "../i18n/later";
import { formatBytes, useFormat } from "../text/format";
import styles from "./timeline.module.css";

const FilePreview = later(() => import("./file_preview"));

/** Pictures that browsers draw and that hold no script. */
export const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

export function isShown(type: string): boolean {
  return pictures.has(type) || type === "application/pdf" || type.startsWith("text/");
}

export function FileEntry({ record }: { record: CrmRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const type = String(record.content_type ?? "").split(";")[0] ?? "";
  const content = address(`/files/${record.id}/content`);
  return (
    <div className={styles.file}>
      {pictures.has(type) && (
        <button
          type="button"
          className={styles.thumb}
          aria-label={t("file.look", { name: record.name })}
          onClick={() => setOpen(true)}
        >
          <img src={content} alt="" loading="lazy" />
        </button>
      )}
      <span className="gx-muted">
        {[type, formatBytes(record.size ?? 0, format)].filter(Boolean).join(" · ")}
      </span>
      {isShown(type) && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconEye size={13} />}
          onClick={() => setOpen(true)}
        >
          {t("file.preview")}
        </Button>
      )}
      <Button
        component="a"
        href={content}
        download
        variant="subtle"
        size="compact-xs"
        leftSection={<IconDownload size={13} />}
      >
        {t("export.download")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <FilePreview record={record} type={type} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
