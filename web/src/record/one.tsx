//! A record with all its parts: headline, stages, details, and beside them what happened and what belongs to it.

import "../theme/forms.css";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Problem } from "../api/client";
import { recordQuery } from "../api/records";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { slotsOf } from "../objects";
import { NotFound } from "../shell/not_found";
import { rememberRecent } from "../shell/recent";
import { useFormat } from "../text/format";
import { Failed, Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { AsOf } from "./as_of";
import { Details } from "./details";
import { DropFiles } from "./drop_files";
import { Headline } from "./headline";
import styles from "./record.module.css";
import { RelatedLists } from "./related";
import { StepPath } from "./step_path";
import { Timeline } from "./timeline";

const History = lazy(() => import("./history"));
const Access = lazy(() => import("./access"));

export function OneRecord({ object, id }: { object: ObjectSchema; id: string }) {
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const asOf = params.get("as_of") ?? undefined;
  const { data: record, error, refetch } = useQuery(recordQuery(object, id, asOf));
  const title = record && titleOf(object, record, format);
  useTitle(title);
  if (error instanceof Problem && error.status === 404) return <NotFound />;
  if (error && !record) return <Failed error={error} retry={() => void refetch()} />;
  if (!record) return <Loading />;
  rememberRecent({ object: object.name, id, title: title ?? "" });
  const set = (key: string, value: string | null) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  return (
    <article className={styles.page}>
      <Headline object={object} record={record} readOnly={!!asOf} />
      {asOf && <AsOf object={object} then={record} at={asOf} onLeave={() => set("as_of", null)} />}
      <Body
        object={object}
        record={record}
        readOnly={!!asOf || !!record.deleted_at}
        tab={params.get("tab")}
        onTab={(tab) => set("tab", tab)}
        onAsOf={(at) => set("as_of", at)}
      />
    </article>
  );
}

interface BodyProps {
  object: ObjectSchema;
  record: CrmRecord;
  readOnly: boolean;
  tab: string | null;
  onTab: (tab: string | null) => void;
  onAsOf: (at: string) => void;
}

function Body({ object, record, readOnly, tab, onTab, onAsOf }: BodyProps) {
  const { t } = useTranslation();
  const { recordAside: Aside, opensAt = "timeline" } = slotsOf(object.name);
  return (
    <>
      <StepPath object={object} record={record} readOnly={readOnly} />
      <div className={styles.columns}>
        <div className={styles.left}>
          <Details object={object} record={record} readOnly={readOnly} />
          {Aside && <Aside object={object} record={record} />}
        </div>
        <DropFiles object={object} record={record} readOnly={readOnly}>
          <Tabs value={tab ?? opensAt} onChange={onTab} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="timeline">{t("record.timeline")}</Tabs.Tab>
              {object.related.length > 0 && <Tabs.Tab value="related">{t("record.related")}</Tabs.Tab>}
              <Tabs.Tab value="history">{t("record.history")}</Tabs.Tab>
              <Tabs.Tab value="access">{t("record.access")}</Tabs.Tab>
            </Tabs.List>
            <Suspense fallback={<Loading />}>
              <Tabs.Panel value="timeline">
                <Timeline object={object} record={record} readOnly={readOnly} />
              </Tabs.Panel>
              <Tabs.Panel value="related">
                <RelatedLists object={object} record={record} readOnly={readOnly} />
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <History object={object} record={record} onAsOf={onAsOf} />
              </Tabs.Panel>
              <Tabs.Panel value="access">
                <Access object={object} record={record} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        </DropFiles>
      </div>
    </>
  );
}

/** The same in a side panel, stacked; its tab is its own and not in the address. */
export function PeekedRecord({ object, id }: { object: ObjectSchema; id: string }) {
  const [tab, setTab] = useState<string | null>(null);
  const { data: record, error, refetch } = useQuery(recordQuery(object, id));
  if (error instanceof Problem && error.status === 404) return <NotFound />;
  if (error && !record) return <Failed error={error} retry={() => void refetch()} />;
  if (!record) return <Loading />;
  return (
    <article className={styles.page} data-peek>
      <Headline object={object} record={record} readOnly={false} peek />
      <Body
        object={object}
        record={record}
        readOnly={!!record.deleted_at}
        tab={tab}
        onTab={setTab}
        onAsOf={() => setTab("history")}
      />
    </article>
  );
}
