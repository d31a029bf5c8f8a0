//! Each write of a record: who, when, why, old and new; and the way to see the record as it then was.

import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { historyQuery } from "../api/records";
import type { CrmRecord, HistoryItem, ObjectSchema } from "../api/types";
import { formatInstant, useFormat } from "../text/format";
import { Avatar } from "../ui/avatar";
import { Chip } from "../ui/chip";
import { Failed, Loading } from "../ui/state";
import { Changes } from "./changes";
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
          <Write key={item.seq} object={object} item={item} latest={index === 0} onAsOf={onAsOf} />
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

function Write({
  object,
  item,
  latest,
  onAsOf,
}: {
  object: ObjectSchema;
  item: HistoryItem;
  latest: boolean;
  onAsOf: Props["onAsOf"];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const who = item.actor?.title ?? t("history.system");
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
