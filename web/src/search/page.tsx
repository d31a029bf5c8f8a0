//! Search across all objects, with the hits of one object at a time if wanted. The URL holds the words.

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { searchQuery } from "../api/records";
import { objectNamed, useSchema } from "../api/schema";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty, Failed, Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { Marked } from "./marked";
import styles from "./search.module.css";

/** Hits asked for at once. */
const hitsMax = 60;

export default function SearchPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const schema = useSchema();
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const only = params.get("object");
  const [text, setText] = useState(q);
  const composing = useRef(false);
  useTitle(t("search.title"));
  const put = (key: string, value: string | null) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  const apply = useDebouncedCallback((words: string) => put("q", words.trim()), 200);
  const type = (value: string) => {
    setText(value);
    if (!composing.current) apply(value);
  };
  const { data, error, refetch, isFetching } = useQuery({
    ...searchQuery(q, only ? [only] : [], hitsMax),
    placeholderData: keepPreviousData,
  });
  const searchable = schema.objects.filter((object) => object.searchable && !object.hidden);
  const hits = q ? (data?.items ?? []) : [];
  return (
    <section className={styles.page} aria-label={t("search.title")}>
      <h1 className="gx-hidden">{t("search.title")}</h1>
      <TextInput
        size="md"
        type="search"
        autoFocus
        aria-label={t("shell.search")}
        placeholder={t("search.placeholder")}
        leftSection={<IconSearch size={17} />}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          type(event.currentTarget.value);
        }}
      />
      <div className={styles.kinds} role="group" aria-label={t("search.in")}>
        <button type="button" aria-pressed={!only} onClick={() => put("object", null)}>
          {t("record.everything")}
        </button>
        {searchable.map((object) => (
          <button
            key={object.name}
            type="button"
            aria-pressed={only === object.name}
            onClick={() => put("object", object.name)}
          >
            {label(object.plural_label)}
          </button>
        ))}
      </div>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!q && <Empty title={t("search.start")} icon={<IconSearch size={28} stroke={1.4} />} />}
      {q && isFetching && !data && <Loading />}
      {q && data && hits.length === 0 && !isFetching && <Empty title={t("search.nothing")} />}
      <ul className={styles.hits}>
        {hits.map((hit) => {
          const object = objectNamed(schema, hit.object);
          return object ? (
            <li key={hit.id}>
              <Link to={`/${object.plural}/${hit.id}`} className={styles.hit}>
                <Icon name={object.icon} size={17} />
                <span className={styles.title}>
                  <Marked text={hit.title} words={q} />
                </span>
                {hit.subtitle && (
                  <span className="gx-muted gx-ellipsis">
                    <Marked text={hit.subtitle} words={q} />
                  </span>
                )}
                <span className={styles.kind}>{label(object.label)}</span>
              </Link>
            </li>
          ) : null;
        })}
      </ul>
      <p className="gx-hidden" role="status">
        {q && data ? t("search.found", { count: hits.length }) : ""}
      </p>
    </section>
  );
}
