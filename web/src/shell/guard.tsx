//! Lets only signed-in people past; sends others to sign in, or to set up a workspace that has nobody yet.

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation } from "react-router";
import { SchemaContext, schemaQuery } from "../api/schema";
import { MeContext, meQuery, setupQuery } from "../api/session";
import type { Locale } from "../api/types";
import { showLocale } from "../i18n";
import { FormatContext } from "../text/format";
import { Failed, Loading } from "../ui/state";

export function Guard({ children }: { children: ReactNode }) {
  const location = useLocation();
  const me = useQuery(meQuery);
  const schema = useQuery({ ...schemaQuery, enabled: !!me.data });
  const setup = useQuery({ ...setupQuery, enabled: me.data === null });
  const { i18n } = useTranslation();
  const locale = me.data?.user.locale;
  const timeZone = me.data?.user.time_zone || me.data?.workspace.time_zone;
  const currency = me.data?.workspace.currency;
  const format = useMemo(
    () => (timeZone && currency ? { locale: i18n.language as Locale, timeZone, currency } : null),
    [i18n.language, timeZone, currency],
  );
  // On a new device the account's language counts; one chosen here is kept.
  useEffect(() => {
    if (locale && !localStorage.getItem("guanxi.locale")) void showLocale(locale);
  }, [locale]);
  if (me.isError) return <Failed error={me.error} retry={() => void me.refetch()} />;
  if (me.data === null) {
    if (setup.isPending) return <Loading />;
    if (setup.data?.needed) return <Navigate to={{ pathname: "/setup", search: location.search }} replace />;
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  if (schema.isError) return <Failed error={schema.error} retry={() => void schema.refetch()} />;
  if (!me.data || !schema.data) return <Loading />;
  return (
    <MeContext value={me.data}>
      <SchemaContext value={schema.data}>
        <FormatContext value={format}>{children}</FormatContext>
      </SchemaContext>
    </MeContext>
  );
}
