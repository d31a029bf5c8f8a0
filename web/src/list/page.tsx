//! The list of any object, in the way its view says: a table, a board or a calendar.

import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { objectOfPlural, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { NotFound } from "../shell/not_found";
import { useLabel } from "../text/label";
import { Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import styles from "./list.module.css";
import { useListState } from "./state";
import { Table } from "./table";
import { Toolbar } from "./toolbar";

const Board = lazy(() => import("../board/board"));
const Calendar = lazy(() => import("../calendar/calendar"));

export default function ListPage() {
  const { plural } = useParams();
  const object = objectOfPlural(useSchema(), plural);
  if (!object) return <NotFound />;
  return <ObjectList key={object.name} object={object} />;
}

function ObjectList({ object }: { object: ObjectSchema }) {
  const label = useLabel();
  const state = useListState(object);
  const { view, deleted, pending } = state;
  useTitle(label(object.plural_label));
  const isBoard = view.kind === "board" && view.group && !deleted;
  const isCalendar = view.kind === "calendar" && view.date && !deleted;
  return (
    <section className={styles.page} aria-label={label(object.plural_label)}>
      {pending ? (
        <Loading />
      ) : isBoard || isCalendar ? (
        <>
          <Toolbar object={object} state={state} />
          <Suspense fallback={<Loading />}>
            {isBoard ? (
              <Board key={view.name} object={object} state={state} group={view.group ?? ""} />
            ) : (
              <Calendar key={view.name} object={object} state={state} date={view.date ?? ""} />
            )}
          </Suspense>
        </>
      ) : (
        <Table object={object} state={state} />
      )}
    </section>
  );
}
