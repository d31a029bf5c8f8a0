//! Names that say nothing: a type called Manager or a file called utils has no subject of its own.

use super::finding::Finding;
use super::tree::{Source, Tree};

const EMPTY_TYPES: [&str; 5] = ["Manager", "Service", "Helper", "Helpers", "Utils"];
const EMPTY_FILES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "misc", "manager", "shared"];
const DECLARING: [&str; 7] = ["struct", "enum", "trait", "class", "interface", "type", "union"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree.sources.iter().filter(|source| source.is_rust() || source.is_script());
    code.flat_map(|source| file_name(source).into_iter().chain(type_names(source))).collect()
}

fn file_name(source: &Source) -> Option<Finding> {
    let stems = source.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let empty = stems.into_iter().find(|stem| EMPTY_FILES.contains(stem))?;
    let advice =
        format!("`{empty}` says nothing: name the subject, or move each part to where it belongs");
    Some(Finding::error(&source.path, 1, "noun", advice))
}

fn type_names(source: &Source) -> Vec<Finding> {
    let pairs = source.tokens.windows(2);
    pairs
        .filter(|pair| pair[0].word().is_some_and(|word| DECLARING.contains(&word)))
        .filter_map(|pair| {
            let name = pair[1].word()?;
            let ending = EMPTY_TYPES.iter().find(|ending| name.ends_with(**ending))?;
            let advice = format!("`{name}`: name what it is, without `{ending}`");
            Some(Finding::error(&source.path, pair[1].line, "noun", advice))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn empty_names_are_found() {
        let files = [
            ("crates/app/src/imports.rs", "struct ImportManager; impl Service for Import {}"),
            ("crates/app/src/utils.rs", ""),
        ];
        assert_eq!(
            found(check, &files),
            [
                "crates/app/src/imports.rs:1: noun: `ImportManager`: name what it is, without `Manager`",
                "crates/app/src/utils.rs:1: noun: `utils` says nothing: name the subject, or move each \
             part to where it belongs",
            ]
        );
    }
}
