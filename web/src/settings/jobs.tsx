//! What works in the background: imports, exports and bulk changes, with how far they are.

import { useTranslation } from "react-i18next";
import { RecordTable } from "./record_table";
import styles from "./settings.module.css";

export default function Jobs() {
  const { t } = useTranslation();
  const run = ["name", "object", "status", "rows_total", "rows_done", "owner", "created_at"];
  return (
    <div className={styles.stack}>
      <h2>{t("jobs.imports")}</h2>
      <RecordTable name="import" columns={run} sort="-created_at" />
      <h2>{t("jobs.exports")}</h2>
      <RecordTable name="export" columns={run} sort="-created_at" />
      <h2>{t("jobs.bulks")}</h2>
      <RecordTable
        name="bulk"
        columns={["name", "rows_done", "rows_failed", "owner", "created_at"]}
        sort="-created_at"
      />
    </div>
  );
}
