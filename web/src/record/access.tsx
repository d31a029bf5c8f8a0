//! Who can see this record and why, and with whom it is shared by name.

import { useTranslation } from "react-i18next";
import { objectNamed, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import Explain from "./explain";
import styles from "./explain.module.css";
import { Members } from "./share";

export default function Access({ object, record }: { object: ObjectSchema; record: CrmRecord }) {
  const { t } = useTranslation();
  const members = objectNamed(useSchema(), "record_member");
  return (
    <div className={styles.access}>
      <section>
        <h3 className={styles.head}>{t("explain.title")}</h3>
        <Explain object={object} record={record} />
      </section>
      {members && (
        <section>
          <h3 className={styles.head}>{t("share.title")}</h3>
          <Members object={object} record={record} />
        </section>
      )}
    </div>
  );
}
