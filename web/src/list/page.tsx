//! The list of any object: toolbar, table, selection. A view of kind board shows the board instead.

import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { useParams } from "react-router";
import { recordsQuery } from "../api/records";
import { objectOfPlural, useSchema } from "../api/schema";
import type { ObjectSchema } from "../api/types";
import { NotFound } from "../shell/not_found";
import { useLabel } from "../text/label";
import { Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import styles from "./list.module.css";
import { Results } from "./results";
import { useSelection } from "./selection";
import { fieldsAsked, type ListState, useListState } from "./state";
import { Toolbar } from "./toolbar";

const SelectionBar = lazy(() => import("./selection_bar"));
const Board = lazy(() => import("../board/board"));

export default function ListPage() {
  const { plural } = useParams();
  const object = objectOfPlural(useSchema(), plural);
  if (!object) return <NotFound />;
  return <ObjectList key={object.name} object={object} />;
}

function ObjectList({ object }: { object: ObjectSchema }) {
  const label = useLabel();
  const state = useListState(object);
  useTitle(label(object.plural_label));
  if (state.view.kind === "board" && state.view.group && !state.deleted) {
    return (
      <section className={styles.page} aria-label={label(object.plural_label)}>
        <Toolbar object={object} state={state} />
        <Suspense fallback={<Loading />}>
          <Board key={state.view.name} object={object} state={state} group={state.view.group} />
        </Suspense>
      </section>
    );
  }
  return <Table object={object} state={state} />;
}

function Table({ object, state }: { object: ObjectSchema; state: ListState }) {
  const label = useLabel();
  const query = useInfiniteQuery(
    recordsQuery(object, {
      filter: state.asked,
      q: state.q,
      sort: state.sort,
      fields: fieldsAsked(object, state.columns),
      deleted: state.deleted,
    }),
  );
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const selection = useSelection(rows);
  const count = query.data?.pages[0]?.count;
  const selected = selection.all || selection.ids.size > 0;
  return (
    <section className={styles.page} aria-label={label(object.plural_label)}>
      <Toolbar object={object} state={state} count={count} />
      <Results object={object} state={state} query={query} rows={rows} selection={selection} />
      {selected && (
        <Suspense fallback={null}>
          <SelectionBar object={object} state={state} selection={selection} count={count} />
        </Suspense>
      )}
    </section>
  );
}
