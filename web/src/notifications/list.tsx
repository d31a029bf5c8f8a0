//! One's notifications, newest first; opening one reads it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { readNotifications } from "../api/access";
import { changed } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord } from "../api/types";
import { formatAgo, useFormat } from "../text/format";
import { small, useLabel } from "../text/label";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import styles from "./notifications.module.css";

interface Props {
  items: CrmRecord[];
  onOpen?: () => void;
}

export function NotificationList({ items, onOpen }: Props) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <One key={item.id} item={item} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function One({ item, onOpen }: { item: CrmRecord; onOpen?: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const schema = useSchema();
  const read = useMutation({
    mutationFn: () => readNotifications([item.id]),
    onSuccess: () => changed(client, "notification"),
  });
  const object = objectNamed(schema, item.about?.object ?? item.object);
  const many = (item.count ?? 1) > 1;
  const what = object ? small(label(many ? object.plural_label : object.label)) : "";
  const to =
    object && item.about
      ? object.name === "import"
        ? `/import/${item.about.id}`
        : `/${object.plural}/${item.about.id}`
      : object
        ? `/${object.plural}`
        : "#";
  return (
    <li data-unread={!item.read_at || undefined}>
      <Link
        to={to}
        onClick={() => {
          if (!item.read_at) read.mutate();
          onOpen?.();
        }}
      >
        {item.actor ? (
          <Avatar name={item.actor.title} size={26} />
        ) : (
          <span className={styles.icon}>
            <Icon name={object?.icon ?? "bell"} size={15} />
          </span>
        )}
        <span className={styles.text}>
          <span>
            {t(`notice.${item.kind}`, {
              who: item.actor?.title ?? "",
              object: what,
              count: item.count ?? 1,
              context: many ? "many" : undefined,
            })}
          </span>
          {!many && <strong className="gx-ellipsis">{item.title}</strong>}
          <time className="gx-muted" dateTime={item.at}>
            {formatAgo(item.at, format)}
          </time>
        </span>
        {!item.read_at && <span className={styles.dot} role="img" aria-label={t("notice.unread")} />}
      </Link>
    </li>
  );
}
