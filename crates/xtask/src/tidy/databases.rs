//! Two files (or folders) know which database it is; everywhere else in `store` there is one way.

use super::finding::Finding;
use super::token::Kind;
use super::tree::{Source, Tree};

const KNOWING: [&str; 4] = [
    "crates/store/src/db.rs",
    "crates/store/src/db/",
    "crates/store/src/dialect.rs",
    "crates/store/src/dialect/",
];
const WORDS: [&str; 2] = ["sqlite", "postgres"];
/// What only one of the two understands.
const PHRASES: [&str; 6] = ["PRAGMA ", "sqlite_", "pg_", "information_schema", "::jsonb", "::text"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust().filter(|source| is_bound(source)).flat_map(check_source).collect()
}

fn is_bound(source: &Source) -> bool {
    source.room() == Some("store")
        && !KNOWING.iter().any(|knowing| source.path.starts_with(knowing))
}

fn check_source(source: &Source) -> Vec<Finding> {
    let named = source.product_tokens().filter_map(|(_, token)| match &token.kind {
        Kind::Word(word) => {
            let lower = word.to_lowercase();
            WORDS.iter().any(|known| lower.contains(known)).then(|| (token.line, word.clone()))
        }
        Kind::Text(text) => {
            let phrase = PHRASES.iter().find(|phrase| text.contains(**phrase))?;
            Some((token.line, phrase.trim().to_owned()))
        }
        Kind::Mark(_) => None,
    });
    named
        .map(|(line, name)| {
            let advice =
                format!("`{name}`: put what differs between the databases into db or dialect");
            Finding::error(&source.path, line, "database", advice)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn only_two_files_name_a_database() {
        let code = "fn f() { match kind { Kind::Postgres => g(\"PRAGMA optimize\") } }";
        assert_eq!(
            found(check, &[("crates/store/src/rows.rs", code)]),
            [
                "crates/store/src/rows.rs:1: database: `PRAGMA`: put what differs between the databases \
             into db or dialect",
                "crates/store/src/rows.rs:1: database: `Postgres`: put what differs between the \
             databases into db or dialect",
            ]
        );
        assert!(
            found(
                check,
                &[("crates/store/src/db.rs", code), ("crates/store/src/db/sqlite.rs", code)]
            )
            .is_empty()
        );
        assert!(found(check, &[("crates/store/src/dialect/ddl.rs", code)]).is_empty());
    }
}
