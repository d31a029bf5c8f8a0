//! One record of any object: headline, stages, details, and beside them what happened and what belongs to it.

import "../theme/forms.css";
import { Alert, Button, Tabs } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { Problem } from "../api/client";
import { recordQuery } from "../api/records";
import { objectOfPlural, useSchema } from "../api/schema";
import type { CrmRecord, ObjectSchema } from "../api/types";
import { titleOf } from "../fields";
import { slotsOf } from "../objects";
import { NotFound } from "../shell/not_found";
import { rememberRecent } from "../shell/recent";
import { formatInstant, useFormat } from "../text/format";
import { Failed, Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { Details } from "./details";
import { Headline } from "./headline";
import styles from "./record.module.css";
import { RelatedLists } from "./related";
import { StepPath } from "./step_path";
import { Timeline } from "./timeline";

const History = lazy(() => import("./history"));
const Explain = lazy(() => import("./explain"));

export default function RecordPage() {
  const { plural, id } = useParams();
  const object = objectOfPlural(useSchema(), plural);
  if (!object || !id) return <NotFound />;
  return <OneRecord key={id} object={object} id={id} />;
}

function OneRecord({ object, id }: { object: ObjectSchema; id: string }) {
  const format = useFormat();
  const [params] = useSearchParams();
  const asOf = params.get("as_of") ?? undefined;
  const { data: record, error, refetch } = useQuery(recordQuery(object, id, asOf));
  const title = record && titleOf(object, record, format);
  useTitle(title);
  if (error instanceof Problem && error.status === 404) return <NotFound />;
  if (error && !record) return <Failed error={error} retry={() => void refetch()} />;
  if (!record) return <Loading />;
  rememberRecent({ object: object.name, id, title: title ?? "" });
  return <Loaded object={object} record={record} asOf={asOf} />;
}

function Loaded({ object, record, asOf }: { object: ObjectSchema; record: CrmRecord; asOf?: string }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { recordAside: Aside, opensAt = "timeline" } = slotsOf(object.name);
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
  const tab = params.get("tab") ?? opensAt;
  const readOnly = !!asOf || !!record.deleted_at;
  return (
    <article className={styles.page}>
      <Headline object={object} record={record} readOnly={!!asOf} />
      {asOf && <AsOf at={asOf} onLeave={() => set("as_of", null)} />}
      <StepPath object={object} record={record} readOnly={readOnly} />
      <div className={styles.columns}>
        <div className={styles.left}>
          <Details object={object} record={record} readOnly={readOnly} />
          {Aside && <Aside object={object} record={record} />}
        </div>
        <div className={styles.right}>
          <Tabs value={tab} onChange={(value) => set("tab", value)} keepMounted={false}>
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
                <History object={object} record={record} onAsOf={(at) => set("as_of", at)} />
              </Tabs.Panel>
              <Tabs.Panel value="access">
                <Explain object={object} record={record} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        </div>
      </div>
    </article>
  );
}

function AsOf({ at, onLeave }: { at: string; onLeave: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert className={styles.asOf} color="yellow" variant="light" icon={<IconHistory size={16} />}>
      <span className={styles.asOfText}>
        {t("record.as_of", { when: formatInstant(at, format) })}
        <Button variant="default" size="compact-sm" onClick={onLeave}>
          {t("record.now")}
        </Button>
      </span>
    </Alert>
  );
}
