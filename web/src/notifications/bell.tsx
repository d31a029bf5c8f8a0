//! The bell in the top bar: how much is unread, and what.

import { ActionIcon } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { fewQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectSchema } from "../api/types";
import { later } from "../i18n/later";
import styles from "./bell.module.css";

const Panel = later(() => import("./panel"));

/** Counted up to this. */
const countMax = 9;

export function Bell() {
  const object = objectNamed(useSchema(), "notification");
  return object ? <Ring object={object} /> : null;
}

function Ring({ object }: { object: ObjectSchema }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const [open, setOpen] = useState(false);
  const filter = {
    and: [
      { field: "owner", op: "eq", value: user.id },
      { field: "read_at", op: "is_empty" },
    ],
  };
  const { data } = useQuery(fewQuery(object, { filter, limit: countMax + 1, fields: "at" }));
  const count = data?.items.length ?? 0;
  return (
    <>
      <ActionIcon
        className={styles.bell}
        aria-label={t("shell.bell", { count })}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconBell size={17} />
        {count > 0 && (
          <span className={styles.count} aria-hidden="true">
            {count > countMax ? `${countMax}+` : count}
          </span>
        )}
      </ActionIcon>
      <Suspense fallback={null}>{open && <Panel object={object} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
