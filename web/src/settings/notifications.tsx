//! All one's notifications.

import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { readNotifications } from "../api/access";
import { changed, recordsQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectSchema } from "../api/types";
import { NotificationList } from "../notifications/list";
import { Failed, Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { Panel } from "./parts";
import styles from "./settings.module.css";

export default function Notifications() {
  const object = objectNamed(useSchema(), "notification");
  return object ? <All object={object} /> : null;
}

function All({ object }: { object: ObjectSchema }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const client = useQueryClient();
  const filter = { field: "owner", op: "eq", value: user.id };
  const query = useInfiniteQuery(recordsQuery(object, { filter, sort: "-at", limit: 50 }));
  const read = useMutation({
    mutationFn: () => readNotifications(),
    onSuccess: () => changed(client, object.name),
    onError: sayProblem,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={t("settings.notifications")}
      text={t("notice.text")}
      action={
        <Button variant="default" loading={read.isPending} onClick={() => read.mutate()}>
          {t("notice.read_all")}
        </Button>
      }
    >
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && items.length === 0 && <p className={styles.inner}>{t("notice.none")}</p>}
      <NotificationList items={items} />
      {query.hasNextPage && (
        <div className={styles.inner}>
          <Button variant="default" onClick={() => query.fetchNextPage()}>
            {t("record.older")}
          </Button>
        </div>
      )}
    </Panel>
  );
}
