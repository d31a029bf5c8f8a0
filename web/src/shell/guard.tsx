//! Lets only signed-in people past; sends others to sign in, or to set up a workspace that has nobody yet.

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import { may, schemaQuery, useSchema } from "../api/schema";
import { meQuery, setupQuery } from "../api/session";
import { showLocale } from "../i18n";
import { Failed, Loading } from "../ui/state";
import { NotFound } from "./not_found";

export function Guard({ children }: { children: ReactNode }) {
  const location = useLocation();
  const me = useQuery(meQuery);
  const schema = useQuery({ ...schemaQuery, enabled: !!me.data });
  const setup = useQuery({ ...setupQuery, enabled: me.data === null });
  const locale = me.data?.user.locale;
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
  return children;
}

/** The first list there is, until the day has a page of its own. */
export function Home() {
  const schema = useSchema();
  const first = schema.modules
    .flatMap((module) => schema.objects.filter((object) => object.module === module.name))
    .find((object) => !object.hidden && may(object, "read"));
  return first ? <Navigate to={`/${first.plural}`} replace /> : <NotFound />;
}
