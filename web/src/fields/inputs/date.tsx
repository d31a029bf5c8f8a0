//! The date and date-time pickers, in a chunk of their own.

import "@mantine/dates/styles.css";
import "dayjs/locale/zh-cn";
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format";
import { toUtc, toWall } from "../../text/zone";
import { parseDay } from "../day";
import type { InputProps } from "../kind";
import { useClear, useCommon } from "./surroundings";

function Locale({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const locale = i18n.language === "zh-CN" ? "zh-cn" : "en";
  return <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>{children}</DatesProvider>;
}

export function DayInput(props: InputProps) {
  const clear = useClear();
  return (
    <Locale>
      <DateInput
        {...useCommon(props)}
        value={props.value ?? null}
        onChange={props.onChange}
        valueFormat="YYYY-MM-DD"
        dateParser={parseDay}
        clearable
        clearButtonProps={clear}
        popoverProps={{ withinPortal: true }}
      />
    </Locale>
  );
}

export function InstantInput(props: InputProps) {
  const { timeZone } = useFormat();
  const clear = useClear();
  return (
    <Locale>
      <DateTimePicker
        {...useCommon(props)}
        value={props.value ? toWall(props.value, timeZone) : null}
        onChange={(wall) => props.onChange(wall ? toUtc(wall, timeZone) : null)}
        valueFormat="YYYY-MM-DD HH:mm"
        clearable
        clearButtonProps={clear}
        popoverProps={{ withinPortal: true }}
      />
    </Locale>
  );
}
