//! What else can be done with a record: share, merge, copy its address, delete it or bring it back.

import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowMerge,
  IconDots,
  IconLink,
  IconTrash,
  IconUserPlus,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { changed, deleteRecord, restoreRecord } from "../api/records";
import { mayWith } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { later } from "../i18n/later";
import { Dialog } from "../ui/dialog";
import { say, sayProblem, sayWithUndo } from "../ui/toast";
import styles from "./record.module.css";

const MergeDialog = later(() => import("../merge/dialog"));
const ShareDialog = later(() => import("./share"));

interface Props {
  object: ObjectSchema;
  record: CrmRecord;
  title: string;
}

type Asked = "delete" | "merge" | "share";

export function RecordMenu(props: Props) {
  const { object, record } = props;
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const copy = () => {
    const address = new URL(`${window.location.pathname}`, window.location.origin).href;
    void navigator.clipboard?.writeText(address).then(() => say(t("record.copied")));
  };
  if (record.deleted_at) return <Restore {...props} />;
  const change = mayWith(object, record, "update");
  const remove = mayWith(object, record, "delete");
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("list.more")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={14} />} onClick={copy}>
            {t("record.copy_link")}
          </Menu.Item>
          {change && (
            <Menu.Item leftSection={<IconUserPlus size={14} />} onClick={() => setAsked("share")}>
              {t("record.share")}
            </Menu.Item>
          )}
          {change && remove && (
            <Menu.Item leftSection={<IconArrowMerge size={14} />} onClick={() => setAsked("merge")}>
              {t("record.merge")}
            </Menu.Item>
          )}
          {remove && <Menu.Divider />}
          {remove && (
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setAsked("delete")}>
              {t("record.delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === "delete" && <Delete {...props} onClose={close} />}
      <Suspense fallback={null}>
        {asked === "merge" && <MergeDialog object={object} record={record} onClose={close} />}
        {asked === "share" && <ShareDialog object={object} record={record} onClose={close} />}
      </Suspense>
    </>
  );
}

function Restore({ object, record }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreRecord(object, record.id),
    onSuccess: () => changed(client, object.name),
    onError: sayProblem,
  });
  return (
    <Button
      leftSection={<IconArrowBackUp size={14} />}
      loading={restore.isPending}
      onClick={() => restore.mutate()}
    >
      {t("record.restore")}
    </Button>
  );
}

function Delete({ object, record, title, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => changed(client, object.name);
  const remove = useMutation({
    mutationFn: () => deleteRecord(object, record.id, record.version),
    onSuccess: () => {
      navigate(`/${object.plural}`);
      void refresh();
      sayWithUndo(t("record.deleted_toast", { title }), async () => {
        await restoreRecord(object, record.id);
        await refresh();
      });
    },
    onError: sayProblem,
    onSettled: onClose,
  });
  return (
    <Dialog opened onClose={onClose} title={t("record.delete_title", { title })}>
      <p>{t("bulk.delete_text")}</p>
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t("form.cancel")}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("record.delete")}
        </Button>
      </div>
    </Dialog>
  );
}
