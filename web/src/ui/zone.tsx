//! Choice of a time zone by its IANA name.

import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  value: string;
  onChange: (zone: string) => void;
}

export function ZoneSelect({ value, onChange }: Props) {
  const { t } = useTranslation();
  const known = Intl.supportedValuesOf("timeZone");
  const zones = known.includes(value) ? known : [value, ...known];
  return (
    <Select
      searchable
      limit={200}
      label={t("setup.time_zone")}
      data={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}
