//! Search: words of records kept beside them in the same transaction, found newest first.

use std::collections::BTreeSet;

use model::fields::{Column, Kind};
use model::filter::{WordGroup, Words};
use model::{Field, Filter, Object, Record, Uuid, Value};
use sea_query::{Expr, Query};
use text::search::{Kind as Spelling, document_tokens, query_tokens};

use crate::Result;
use crate::cell::Cell;
use crate::compile::{Compiler, col};
use crate::dialect::{Dialect, iden};
use crate::tx::Tx;

/// Tokens of one record; what is over is not found.
const TOKENS_MAX: usize = 4_096;

/// The words that find a record, distinct; none when the object is not searched.
pub(crate) fn tokens(object: &Object, record: &Record) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (field, value) in object.fields.iter().zip(&record.values) {
        if let (true, Some(text)) = (field.search, value.as_text()) {
            let group = sign(WordGroup::of(object, field));
            let words = document_tokens(words_of(field), text).into_iter();
            all.extend(words.map(|word| format!("{group}{word}")));
        }
    }
    if all.is_empty() {
        return all;
    }
    all.sort_unstable();
    all.dedup();
    all.truncate(TOKENS_MAX);
    all.push(object_token(&object.name));
    all
}

/// The words that find a record, parted by spaces, as they are written beside it.
pub fn search_words(object: &Object, record: &Record) -> String {
    tokens(object, record).join(" ")
}

/// What stands before every word of a group: a sign that no typed word holds.
fn sign(group: WordGroup) -> &'static str {
    match group {
        WordGroup::Title => "",
        WordGroup::Personal => "\u{E000}",
        WordGroup::Other => "\u{E001}",
    }
}

fn words_of(field: &Field) -> Spelling {
    match &field.kind {
        Kind::Text(kind) if kind.is_name => Spelling::Name,
        Kind::Text(kind) if kind.is_code => Spelling::Code,
        Kind::AutoNumber(_) => Spelling::Code,
        Kind::Phone(_) => Spelling::Phone,
        Kind::Email(_) => Spelling::Email,
        _ => Spelling::Text,
    }
}

/// The token that every record of an object holds; no typed word can be it (words hold no `zqx` and digit runs alike).
fn object_token(object: &str) -> String {
    format!("zqx0{}", object.replace('_', "0"))
}

/// The words as the database's search asks for them; `None` when there are none.
fn question(dialect: &Dialect, object: &str, words: &Words) -> Option<String> {
    let query = query_tokens(&words.typed);
    if query.is_empty() || words.groups.is_empty() {
        return None;
    }
    let (and, or) = match dialect {
        Dialect::Sqlite => (" AND ", " OR "),
        Dialect::Postgres(_) => (" & ", " | "),
    };
    let mut terms = vec![quoted(dialect, &object_token(object), false)];
    for term in &query.terms {
        let signed = |word: &String| -> Vec<String> {
            let groups = words.groups.iter();
            groups
                .map(|group| quoted(dialect, &format!("{}{word}", sign(*group)), term.prefix))
                .collect()
        };
        let any: Vec<String> = term.alternatives.iter().flat_map(signed).collect();
        terms.push(format!("({})", any.join(or)));
    }
    Some(terms.join(and))
}

fn quoted(dialect: &Dialect, word: &str, prefix: bool) -> String {
    match dialect {
        Dialect::Sqlite => format!("\"{word}\"{}", if prefix { "*" } else { "" }),
        Dialect::Postgres(_) => format!("'{word}'{}", if prefix { ":*" } else { "" }),
    }
}

/// The condition that the row's record holds all of `words`; no words hold for no record.
pub(crate) fn condition(dialect: &Dialect, object: &str, alias: &str, words: &Words) -> Expr {
    let Some(question) = question(dialect, object, words) else {
        return Expr::cust("1 = 0");
    };
    let doc = dialect.quoted("gx_search_doc");
    let sql = match dialect {
        Dialect::Sqlite => format!(
            "? IN (SELECT d.record_id FROM gx_search s JOIN {doc} d ON d.id = s.rowid WHERE gx_search MATCH ?)"
        ),
        Dialect::Postgres(_) => {
            format!("$1 IN (SELECT d.record_id FROM {doc} d WHERE d.words @@ $2::text::tsquery)")
        }
    };
    Expr::cust_with_exprs(sql, [col(alias, "id"), Expr::val(question)])
}

impl Tx<'_, '_> {
    /// Puts the record's words in place of what was there; `before` says whether something was.
    pub(crate) fn index(
        &mut self,
        object: &Object,
        record: &Record,
        before: Option<&Record>,
    ) -> Result<()> {
        if !object.is_searchable() {
            return Ok(());
        }
        let words = tokens(object, record);
        if before.is_some_and(|before| tokens(object, before) == words) {
            return Ok(());
        }
        if before.is_some() {
            self.unindex(record.id())?;
        }
        if words.is_empty() {
            return Ok(());
        }
        self.put_words(&object.name, record.id(), &words.join(" "))
    }

    fn put_words(&mut self, object: &str, id: Uuid, words: &str) -> Result<()> {
        let doc = self.dialect.quoted("gx_search_doc");
        let object = Cell::Text(object.to_owned());
        match self.dialect {
            Dialect::Sqlite => {
                let sql = format!("INSERT INTO {doc} (object, record_id) VALUES (?1, ?2)");
                self.run_sql(&sql, [object, Cell::Uuid(id)])?;
                let sql = "INSERT INTO gx_search (rowid, words) VALUES (last_insert_rowid(), ?1)";
                self.run_sql(sql, [Cell::Text(words.to_owned())])?;
            }
            Dialect::Postgres(_) => {
                let sql = format!(
                    "INSERT INTO {doc} (object, record_id, words) \
                     VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')))"
                );
                self.run_sql(&sql, [object, Cell::Uuid(id), Cell::Text(words.to_owned())])?;
            }
        }
        Ok(())
    }

    /// Takes the record's words away.
    pub(crate) fn unindex(&mut self, id: Uuid) -> Result<()> {
        let doc = self.dialect.quoted("gx_search_doc");
        if matches!(self.dialect, Dialect::Sqlite) {
            let sql = format!(
                "DELETE FROM gx_search WHERE rowid = (SELECT id FROM {doc} WHERE record_id = ?1)"
            );
            self.run_sql(&sql, [Cell::Uuid(id)])?;
        }
        let sql = format!("DELETE FROM {doc} WHERE record_id = {}", self.dialect.mark(1));
        self.run_sql(&sql, [Cell::Uuid(id)]).map(|_| ())
    }

    /// Records of `object` that hold all of `words` and pass `filter`, newest first: ids.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn search(
        &mut self,
        object: &str,
        words: &Words,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<Uuid>> {
        let Some(question) = question(self.dialect, object, words) else {
            return Ok(Vec::new());
        };
        let layout = self.layout(object)?;
        let rights = Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?;
        let mut select = Query::select();
        select.column((iden("t"), iden("id")));
        let matches = match self.dialect {
            Dialect::Sqlite => {
                select.from(self.dialect.table_as("gx_search", "s")).inner_join(
                    self.dialect.table_as("gx_search_doc", "d"),
                    Expr::cust("d.id = s.rowid"),
                );
                Expr::cust_with_exprs("gx_search MATCH ?", [Expr::val(question)])
            }
            Dialect::Postgres(_) => {
                select.from(self.dialect.table_as("gx_search_doc", "d"));
                Expr::cust_with_exprs("d.words @@ $1::text::tsquery", [Expr::val(question)])
            }
        };
        select
            .inner_join(
                self.dialect.table_as(layout.table(), "t"),
                Expr::cust("t.id = d.record_id"),
            )
            .and_where(matches)
            .and_where(Expr::cust("t.deleted_at IS NULL"))
            .cond_where(rights)
            .order_by_expr(
                Expr::cust(if self.dialect.locks_rows() { "d.id" } else { "s.rowid" }),
                sea_query::Order::Desc,
            )
            .limit(limit as u64);
        let rows = self.rows(&select, &[Column::Uuid])?;
        Ok(rows.into_iter().flatten().filter_map(|cell| cell.id()).collect())
    }

    /// Makes all words of an object anew, as its records are now.
    pub(crate) fn reindex(&mut self, object: &Object, records: &[Record]) -> Result<()> {
        for record in records {
            self.unindex(record.id())?;
            let live = record.get(object, "deleted_at") == &Value::Null;
            let words = tokens(object, record);
            if live && !words.is_empty() {
                self.put_words(&object.name, record.id(), &words.join(" "))?;
            }
        }
        Ok(())
    }

    /// Which of these records have words.
    pub(crate) fn indexed(&mut self, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
        let mut found = BTreeSet::new();
        let sql = match self.dialect {
            Dialect::Sqlite => {
                "SELECT d.record_id FROM gx_search_doc d WHERE d.record_id = ?1 AND EXISTS \
                 (SELECT 1 FROM gx_search s WHERE s.rowid = d.id)"
                    .to_owned()
            }
            Dialect::Postgres(_) => {
                format!(
                    "SELECT record_id FROM {} WHERE record_id = $1",
                    self.dialect.quoted("gx_search_doc")
                )
            }
        };
        for id in ids {
            if !self.rows_sql(&sql, [Cell::Uuid(*id)], &[Column::Uuid])?.is_empty() {
                found.insert(*id);
            }
        }
        Ok(found)
    }
}

/// The tables that hold the words.
pub(crate) fn tables(dialect: &Dialect) -> Vec<(&'static str, String)> {
    let (uuid, text) = (dialect.column_type(Column::Uuid), dialect.column_type(Column::Text));
    let doc = dialect.quoted("gx_search_doc");
    match dialect {
        Dialect::Sqlite => vec![
            (
                "gx_search_doc",
                format!(
                    "CREATE TABLE {doc} (id INTEGER PRIMARY KEY AUTOINCREMENT, object {text} NOT NULL, \
                     record_id {uuid} NOT NULL UNIQUE)"
                ),
            ),
            (
                "gx_search",
                "CREATE VIRTUAL TABLE gx_search USING fts5(words, content='', contentless_delete=1, \
                 detail=none, tokenize='ascii')"
                    .to_owned(),
            ),
        ],
        Dialect::Postgres(_) => vec![(
            "gx_search_doc",
            format!(
                "CREATE TABLE {doc} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \
                 object {text} NOT NULL, record_id uuid NOT NULL UNIQUE, words tsvector NOT NULL)"
            ),
        )],
    }
}
