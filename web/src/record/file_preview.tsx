//! A file looked at without leaving the page: pictures, PDF, text. Never drawn as a page of ours.

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { address } from "../api/client";
import type { CrmRecord } from "../api/types";
import { Dialog } from "../ui/dialog";
import { Failed, Loading } from "../ui/state";
import { pictures } from "./file_entry";
import styles from "./timeline.module.css";

interface Props {
  record: CrmRecord;
  type: string;
  onClose: () => void;
}

/** Characters of a text that are shown. */
const charsMax = 200_000;

export default function FilePreview({ record, type, onClose }: Props) {
  const { t } = useTranslation();
  const content = address(`/files/${record.id}/content`);
  return (
    <Dialog opened onClose={onClose} size="xl" title={record.name}>
      <div className={styles.preview}>
        {pictures.has(type) ? (
          <img src={content} alt={record.name} />
        ) : type === "application/pdf" ? (
          <Pdf record={record} content={content} />
        ) : (
          <Text content={content} id={record.id} />
        )}
      </div>
      <Button component="a" href={content} download mt="md">
        {t("export.download")}
      </Button>
    </Dialog>
  );
}

function useContent(id: string, content: string) {
  return useQuery({
    queryKey: ["file", id],
    queryFn: async () => (await fetch(content)).blob(),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Pdf({ record, content }: { record: CrmRecord; content: string }) {
  const { data, error } = useContent(record.id, content);
  const shown = useMemo(
    () => data && URL.createObjectURL(new Blob([data], { type: "application/pdf" })),
    [data],
  );
  useEffect(() => () => void (shown && URL.revokeObjectURL(shown)), [shown]);
  if (error) return <Failed error={error} />;
  if (!shown) return <Loading />;
  return <iframe title={record.name} src={shown} />;
}

function Text({ content, id }: { content: string; id: string }) {
  const { data, error } = useQuery({
    queryKey: ["file", id, "text"],
    queryFn: async () => (await (await fetch(content)).text()).slice(0, charsMax),
  });
  if (error) return <Failed error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <pre tabIndex={0} role="region">
      {data}
    </pre>
  );
}
