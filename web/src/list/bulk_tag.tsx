//! Tags to add to all selected records, and tags to take away; other tags stay.

import "../theme/forms.css";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Ref } from "../api/types";
import { FieldInput } from "../fields/input";
import { Dialog } from "../ui/dialog";
import styles from "./list.module.css";

interface Props {
  field: Field;
  count: number;
  onClose: () => void;
  onApply: (add: Ref[], remove: Ref[]) => Promise<unknown>;
}

export default function BulkTag({ field, count, onClose, onApply }: Props) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<Ref[]>([]);
  const [remove, setRemove] = useState<Ref[]>([]);
  const [busy, setBusy] = useState(false);
  const named = (en: string) => ({ ...field, required: false, label: { en, "zh-CN": en } });
  return (
    <Dialog opened onClose={onClose} title={t("bulk.tag_title", { count })}>
      <div className={styles.stack}>
        <FieldInput field={named(t("bulk.tag_add"))} value={add} onChange={setAdd} autoFocus />
        <FieldInput field={named(t("bulk.tag_remove"))} value={remove} onChange={setRemove} />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("form.cancel")}
          </Button>
          <Button
            loading={busy}
            disabled={add.length + remove.length === 0}
            onClick={() => {
              setBusy(true);
              void onApply(add, remove).then(onClose, () => setBusy(false));
            }}
          >
            {t("bulk.apply", { count })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
