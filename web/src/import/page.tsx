//! Importing a file: choose it, say what its columns mean, look at what would happen, then let it happen.

import "../theme/forms.css";
import { Stepper } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { Inspection } from "../api/transfers";
import { useTitle } from "../ui/title";
import { Choose } from "./choose";
import styles from "./import.module.css";
import { MapColumns } from "./map";
import { Run } from "./run";

export interface Source {
  file: string;
  name: string;
  inspection: Inspection;
}

export default function ImportPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [source, setSource] = useState<Source>();
  const [ran, setRan] = useState(false);
  useTitle(t("import.title"));
  const step = id ? (ran ? 3 : 2) : source ? 1 : 0;
  return (
    <section className={styles.page}>
      <h1>{t("import.title")}</h1>
      <Stepper active={step} size="xs" iconSize={26} className={styles.steps} allowNextStepsSelect={false}>
        <Stepper.Step label={t("import.step_file")} />
        <Stepper.Step label={t("import.step_map")} />
        <Stepper.Step label={t("import.step_check")} />
        <Stepper.Step label={t("import.step_run")} />
      </Stepper>
      {id ? (
        <Run id={id} onRunning={setRan} onBack={source && (() => navigate("/import"))} />
      ) : source ? (
        <MapColumns
          source={source}
          object={params.get("object") ?? source.inspection.mapping?.object ?? undefined}
          onBack={() => setSource(undefined)}
          onStarted={(started) => navigate(`/import/${started}`)}
        />
      ) : (
        <Choose object={params.get("object") ?? undefined} onChosen={setSource} />
      )}
    </section>
  );
}
