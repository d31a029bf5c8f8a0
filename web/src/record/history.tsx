//! Each write of a record: who, when, why, old and new; and the way to see the record as it then was.

import { Button } from "@mantine/core";
import { IconArrowBackUp, IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changed, historyQuery, updateRecord } from "../api/records";
import { mayWith } from "../api/schema";
import type { CrmRecord, HistoryItem, ObjectSchema } from "../api/types";
import { formatInstant, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { sayProblem, sayWithUndo } from "../ui/toast";
import { Changes } from "./changes";
import { restoring, undoing } from "./put_back";
import styles from "./timeline.module.css";

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  onAsOf: (at: string) => void;
}

export default function History({ object, record, onAsOf }: Props) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(historyQuery(object, record.id));
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Loading />;
  const items = query.data.pages.flatMap((page) => page.items);
  return (
    <div>
      <ol className={styles.list}>
        {items.map((item, index) => (
          <Write
            key={item.seq}
            object={object}
            record={record}
            item={item}
            latest={index === 0}
            onAsOf={onAsOf}
          />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("record.older")}
        </Button>
      )}
    </div>
  );
}

interface WriteProps extends Props {
  item: HistoryItem;
  latest: boolean;
}

function Write({ object, record, item, latest, onAsOf }: WriteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const who = item.actor?.title ?? t("history.system");
  const back = undoing(object, record, item);
  const put = useMutation({
    mutationFn: () => updateRecord(object, record.id, record.version, back),
    onSuccess: (saved) => {
      void changed(client, object.name);
      sayWithUndo(t("record.put_back"), async () => {
        await updateRecord(object, record.id, saved.version, restoring(object, record, Object.keys(back)));
        await changed(client, object.name);
      });
    },
    onError: sayProblem,
  });
  const undoable =
    item.action === "update" &&
    Object.keys(back).length > 0 &&
    !record.deleted_at &&
    mayWith(object, record, "update");
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <Avatar name={who} />
        <strong>{who}</strong>
        <span>{t(`history.${item.action}`)}</span>
        {item.cause.kind !== "request" && <Chip>{t(`cause.${item.cause.kind}`)}</Chip>}
        <time className={styles.when} dateTime={item.at}>
          {formatInstant(item.at, format)}
        </time>
        {undoable && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconArrowBackUp size={12} />}
            loading={put.isPending}
            onClick={() => put.mutate()}
          >
            {t("record.undo_change")}
          </Button>
        )}
        {!latest && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconHistory size={12} />}
            onClick={() => onAsOf(item.at)}
            title={t("record.see_as_of", { when: formatInstant(item.at, format) })}
          >
            {t("record.see_then")}
          </Button>
        )}
      </div>
      <Changes object={object} changes={item.changes} />
    </li>
  );
}
