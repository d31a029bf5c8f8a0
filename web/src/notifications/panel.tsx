//! What the bell opens: the newest notifications, and reading them all.

import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { readNotifications } from "../api/access";
import { changed, fewQuery } from "../api/records";
import { useMe } from "../api/session";
import type { ObjectSchema } from "../api/types";
import { Loading } from "../ui/state";
import { sayProblem } from "../ui/toast";
import { NotificationList } from "./list";
import styles from "./notifications.module.css";

/** Notifications shown here. */
const shownMax = 30;

export default function Panel({ object, onClose }: { object: ObjectSchema; onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const client = useQueryClient();
  const filter = { field: "owner", op: "eq", value: user.id };
  const { data } = useQuery(fewQuery(object, { filter, sort: "-at", limit: shownMax }));
  const read = useMutation({
    mutationFn: () => readNotifications(),
    onSuccess: () => changed(client, object.name),
    onError: sayProblem,
  });
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest("[aria-expanded]")) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [onClose]);
  const unread = data?.items.some((item) => !item.read_at);
  return (
    <section
      ref={box}
      className={styles.panel}
      aria-label={t("settings.notifications")}
      tabIndex={-1}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      onBlur={(event) => {
        // The bell itself closes what it opened.
        const next = event.relatedTarget as Element | null;
        if (next && !event.currentTarget.contains(next) && !next.closest("[aria-expanded]")) onClose();
      }}
    >
      <header className={styles.head}>
        <h2>{t("settings.notifications")}</h2>
        {unread && (
          <Button variant="subtle" size="compact-xs" loading={read.isPending} onClick={() => read.mutate()}>
            {t("notice.read_all")}
          </Button>
        )}
      </header>
      <div className={styles.body}>
        {!data && <Loading />}
        {data?.items.length === 0 && <p className={styles.empty}>{t("notice.none")}</p>}
        {data && <NotificationList items={data.items} onOpen={onClose} />}
      </div>
      <footer className={styles.foot}>
        <Link className="gx-link" to="/settings/notifications" onClick={onClose}>
          {t("record.show_all")}
        </Link>
      </footer>
    </section>
  );
}
