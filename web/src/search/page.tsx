//! Search across all objects, narrowed to one, to one's own, to what changed lately. The URL holds what is asked.

import { useDebouncedCallback } from "@mantine/hooks";
import { IconHistory, IconSearch, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { objectNamed, useSchema } from "../api/schema";
import type { SearchHit } from "../api/types";
import { useRecents } from "../shell/recent";
import { formatAgo, formatInstant, useFormat } from "../text/format";
import { useLabel } from "../text/label";
import { Icon } from "../ui/icon";
import { Empty, Failed, Loading } from "../ui/state";
import { useTitle } from "../ui/title";
import { type Asked, isSince, sinces, useHits } from "./hits";
import { Marked } from "./marked";
import styles from "./search.module.css";
import { subtitleOf } from "./subtitle";
import { forgetWords, rememberWords, useWords } from "./words";

export default function SearchPage() {
  const { t } = useTranslation();
  const schema = useSchema();
  const [params, setParams] = useSearchParams();
  const since = params.get("since");
  const asked: Asked = {
    q: params.get("q") ?? "",
    only: params.get("object"),
    mine: params.get("mine") === "1",
    since: isSince(since) ? since : undefined,
  };
  const { q, only } = asked;
  const [text, setText] = useState(q);
  const page = useRef<HTMLElement>(null);
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
  const type = (value: string, composing = false) => {
    setText(value);
    if (!composing) apply(value);
  };
  const { hits, pending, error, retry } = useHits(asked);
  /** Up and down go through the hits, and back to the words. */
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    const stops = [...(page.current?.querySelectorAll<HTMLElement>("input[type=search], [data-hit]") ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <section ref={page} className={styles.page} aria-label={t("search.title")} onKeyDown={press}>
      <h1 className="gx-hidden">{t("search.title")}</h1>
      <Words text={text} onType={type} />
      <Narrow asked={asked} put={put} />
      {error && <Failed error={error} retry={retry} />}
      {!q && <Start onPick={type} />}
      {q && pending && <Loading />}
      {q && !pending && hits.length === 0 && (
        <Empty title={t("search.nothing")}>
          <p className="gx-muted">{t("search.nothing_hint")}</p>
        </Empty>
      )}
      <ul className={styles.hits}>
        {q && hits.map((hit) => <Hit key={hit.id} hit={hit} words={q} onOpen={() => rememberWords(q)} />)}
      </ul>
      {q && only && hits.length > 0 && (
        <Link
          className="gx-link"
          to={`/${objectNamed(schema, only)?.plural}?view=all&q=${encodeURIComponent(q)}`}
        >
          {t("search.as_list")}
        </Link>
      )}
      <p className="gx-hidden" role="status">
        {q && !pending ? t("search.found", { count: hits.length }) : ""}
      </p>
    </section>
  );
}

/** Where the words are typed. An input method's half-made words are waited for. */
function Words({ text, onType }: { text: string; onType: (text: string, composing: boolean) => void }) {
  const { t } = useTranslation();
  const composing = useRef(false);
  const type = (value: string) => onType(value, composing.current);
  return (
    <div className={styles.box}>
      <IconSearch size={17} aria-hidden="true" />
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: the page is for searching, and "/" leads here to type.
        autoFocus
        aria-label={t("shell.search")}
        placeholder={t("search.placeholder")}
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
      {text && (
        <button
          type="button"
          className={styles.clear}
          aria-label={t("list.clear_search")}
          onClick={() => type("")}
        >
          <IconX size={15} />
        </button>
      )}
    </div>
  );
}

interface NarrowProps {
  asked: Asked;
  put: (key: string, value: string | null) => void;
}

/** To which object, to one's own, to what changed lately. */
function Narrow({ asked, put }: NarrowProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { only, mine } = asked;
  const searchable = useSchema().objects.filter((object) => object.searchable && !object.hidden);
  return (
    <>
      <div className={styles.kinds} role="group" aria-label={t("search.in")}>
        <button type="button" aria-pressed={!only} onClick={() => put("object", null)}>
          {t("record.everything")}
        </button>
        {searchable.map((object) => (
          <button
            key={object.name}
            type="button"
            aria-pressed={only === object.name}
            onClick={() => put("object", only === object.name ? null : object.name)}
          >
            {label(object.plural_label)}
          </button>
        ))}
      </div>
      <div className={styles.kinds} role="group" aria-label={t("search.narrow")}>
        <button type="button" aria-pressed={mine} onClick={() => put("mine", mine ? null : "1")}>
          {t("filter.mine")}
        </button>
        {sinces.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={asked.since === one}
            onClick={() => put("since", asked.since === one ? null : one)}
          >
            {t("search.changed", { when: t(`search.${one}`) })}
          </button>
        ))}
      </div>
    </>
  );
}

interface HitProps {
  hit: SearchHit;
  words: string;
  onOpen: () => void;
}

function Hit({ hit, words, onOpen }: HitProps) {
  const label = useLabel();
  const format = useFormat();
  const object = objectNamed(useSchema(), hit.object);
  if (!object) return null;
  const subtitle = subtitleOf(object, hit.subtitle, label);
  return (
    <li>
      <Link to={`/${object.plural}/${hit.id}`} className={styles.hit} data-hit="" onClick={onOpen}>
        <Icon name={object.icon} size={17} />
        <span className={styles.title}>
          <Marked text={hit.title} words={words} marks={hit.marks} />
        </span>
        {subtitle && (
          <span className="gx-muted gx-ellipsis">
            <Marked text={subtitle} words={words} />
          </span>
        )}
        <span className={styles.kind}>
          {label(object.label)}
          {hit.updated_at && (
            <time dateTime={hit.updated_at} title={formatInstant(hit.updated_at, format)}>
              {formatAgo(hit.updated_at, format)}
            </time>
          )}
        </span>
      </Link>
    </li>
  );
}

/** Before anything is typed: what was searched for and seen last. */
function Start({ onPick }: { onPick: (words: string) => void }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const words = useWords();
  const recents = useRecents();
  if (words.length + recents.length === 0) {
    return <Empty title={t("search.start")} icon={<IconSearch size={28} stroke={1.4} />} />;
  }
  return (
    <div className={styles.start}>
      {words.length > 0 && (
        <section>
          <h2>
            {t("search.lately")}
            <button type="button" className={styles.forget} onClick={forgetWords}>
              {t("form.clear")}
            </button>
          </h2>
          <ul className={styles.hits}>
            {words.map((one) => (
              <li key={one}>
                <button type="button" className={styles.hit} data-hit="" onClick={() => onPick(one)}>
                  <IconHistory size={16} aria-hidden="true" />
                  {one}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {recents.length > 0 && (
        <section>
          <h2>{t("shell.recent")}</h2>
          <ul className={styles.hits}>
            {recents.map((recent) => {
              const object = objectNamed(schema, recent.object);
              return object ? (
                <li key={recent.id}>
                  <Link className={styles.hit} data-hit="" to={`/${object.plural}/${recent.id}`}>
                    <Icon name={object.icon} size={16} />
                    {recent.title}
                  </Link>
                </li>
              ) : null;
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
