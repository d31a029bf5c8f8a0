//! The firm: its name, language, country and days. The currency of the books is chosen once.

import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Firm, firmQuery, updateFirm } from "../api/access";
import { fieldProblems, Problems } from "../form/problems";
import { locales } from "../i18n";
import { Failed, Loading } from "../ui/state";
import { say } from "../ui/toast";
import { ZoneSelect } from "../ui/zone";
import { Panel } from "./parts";
import styles from "./settings.module.css";

/** Countries whose phone numbers are read without their code; the server knows all. */
const countries = [
  "CN",
  "HK",
  "TW",
  "SG",
  "US",
  "GB",
  "DE",
  "FR",
  "JP",
  "KR",
  "AU",
  "CA",
  "IN",
  "MY",
  "TH",
  "VN",
];

export default function Company() {
  const { data, error, refetch } = useQuery(firmQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Form firm={data} />;
}

function Form({ firm }: { firm: Firm }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [values, setValues] = useState(firm);
  const names = new Intl.DisplayNames(i18n.language, { type: "region" });
  const currencies = new Intl.DisplayNames(i18n.language, { type: "currency" });
  const save = useMutation({
    mutationFn: () => {
      const { name, locale, country, time_zone } = values;
      return updateFirm({ name, locale, country, time_zone });
    },
    onSuccess: (saved) => {
      client.setQueryData(["firm"], saved);
      say(t("profile.saved"));
      void client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const problems = fieldProblems(save.error);
  const of = (name: string) => problems.find(({ field }) => field === name)?.message;
  const known = countries.includes(values.country) ? countries : [values.country, ...countries];
  return (
    <Panel title={t("settings.company")}>
      <form
        className={styles.inner}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Problems error={problems.length === 0 ? save.error : null} />
        <div className={styles.grid}>
          <TextInput
            label={t("setup.company")}
            value={values.name}
            error={of("name")}
            onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
          />
          <Select
            label={t("company.locale")}
            description={t("company.locale_hint")}
            data={locales}
            value={values.locale}
            onChange={(locale) => locale && setValues({ ...values, locale: locale as Firm["locale"] })}
          />
          <Select
            label={t("company.country")}
            description={t("company.country_hint")}
            data={known.map((code) => ({ value: code, label: names.of(code) ?? code }))}
            value={values.country}
            error={of("country")}
            onChange={(country) => country && setValues({ ...values, country })}
          />
          <ZoneSelect
            value={values.time_zone}
            onChange={(time_zone) => setValues({ ...values, time_zone })}
          />
          <TextInput
            label={t("setup.currency")}
            description={t("company.currency_hint")}
            value={`${values.currency} · ${currencies.of(values.currency)}`}
            readOnly
          />
        </div>
        <Button type="submit" mt="lg" loading={save.isPending}>
          {t("form.save")}
        </Button>
      </form>
    </Panel>
  );
}
