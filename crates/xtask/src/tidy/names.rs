//! Nothing outside `objects` knows that opportunities exist: an object's name is found wherever the
//! platform says it, as a word of code or in a text.

use super::finding::Finding;
use super::settings::{self, Settings};
use super::token::{Kind, Token};
use super::tree::{Source, Tree};

const ROOMS: [&str; 4] = ["model", "store", "app", "server"];

/// An object's name in its words, singular and plural: `["price", "list"]`, `["price", "lists"]`.
struct Name {
    name: String,
    spellings: Vec<Vec<String>>,
    /// Also another word of the trade: as an identifier and in prose it proves nothing.
    is_homonym: bool,
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let (settings, mut findings) = Settings::read(tree);
    let declared = declared(tree);
    for entry in
        settings.objects().filter(|entry| !declared.iter().any(|(name, _)| *name == entry.name))
    {
        let advice = format!("no object is called `{}`: remove the exception", entry.name);
        findings.push(Finding::warning(settings::PATH, entry.line, "settings", advice));
    }
    let is_platform = |name: &str| settings.platform.iter().any(|entry| entry.name == name);
    let names: Vec<Name> = declared
        .into_iter()
        .filter(|(name, _)| !is_platform(name))
        .map(|(name, plural)| Name {
            is_homonym: settings.homonyms.iter().any(|entry| entry.name == name),
            spellings: [name.as_str(), plural.as_str()].map(words).into(),
            name,
        })
        .collect();
    let is_vocabulary = |path: &str| settings.vocabularies.iter().any(|entry| entry.name == path);
    let bound =
        tree.sources.iter().filter(|source| is_bound(source) && !is_vocabulary(&source.path));
    findings.extend(bound.flat_map(|source| check_source(source, &names)));
    findings
}

fn is_bound(source: &Source) -> bool {
    let is_room = source.is_rust() && source.room().is_some_and(|room| ROOMS.contains(&room));
    let is_web = source.is_script()
        && source.path.starts_with("web/src/")
        && !source.path.starts_with("web/src/objects/");
    is_room || is_web
}

/// Names and plurals from `Object::new("name", …)`, and from a second text if it is a plural.
fn declared(tree: &Tree) -> Vec<(String, String)> {
    let objects =
        tree.rust().filter(|source| source.room() == Some("objects") && !source.is_test());
    let mut declared: Vec<(String, String)> =
        objects.flat_map(|source| declarations(&source.tokens)).collect();
    declared.sort();
    declared.dedup();
    declared
}

fn declarations(tokens: &[Token]) -> Vec<(String, String)> {
    let is_call = |at: &[Token]| {
        at[0].is_word("Object")
            && at[1].is_mark(':')
            && at[2].is_mark(':')
            && at[3].is_word("new")
            && at[4].is_mark('(')
    };
    let calls = tokens.windows(8).filter(|at| is_call(at) && !at[0].is_test);
    calls
        .filter_map(|at| {
            let name = at[5].text()?;
            let second = at[7].text().filter(|text| at[6].is_mark(',') && is_name(text));
            Some((name.to_owned(), second.map_or_else(|| plural(name), str::to_owned)))
        })
        .collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) || name.ends_with("ch") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

fn check_source(source: &Source, names: &[Name]) -> Vec<Finding> {
    let named = source.product_tokens().filter_map(|(_, token)| {
        let (text, is_text) = match &token.kind {
            Kind::Word(word) => (word, false),
            Kind::Text(text) => (text, true),
            Kind::Mark(_) => return None,
        };
        let said = words(text);
        let is_named = |name: &&Name| match name.is_homonym {
            true => is_text && name.is_addressed_by(text),
            false => name.spellings.iter().any(|spelling| contains(&said, spelling)),
        };
        Some((token.line, text, &names.iter().find(is_named)?.name))
    });
    named
        .map(|(line, text, name)| {
            let start: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect();
            let advice =
                format!("`{start}` names the object `{name}`: take it from the schema, or move this into the object");
            Finding::error(&source.path, line, "name", advice)
        })
        .collect()
}

impl Name {
    /// Whether a text is the name itself, or has it as a step of a path: `order`, `/orders/`,
    /// `order.number`. In anything looser a homonym may mean its other sense.
    fn is_addressed_by(&self, text: &str) -> bool {
        text.split(['/', '.'])
            .any(|step| self.spellings.iter().any(|spelling| spelling.join("_") == step))
    }
}

/// The words of an identifier, a path or a sentence, in lower case. Words in capitals only, as
/// `ORDER BY`, are left out: no object is written so.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let is_capitals = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase());
    parts.filter(|part| !part.is_empty() && !is_capitals(part)).flat_map(camel_words).collect()
}

/// `OrderLine` is `order` and `line`; each capital after a small letter starts a word.
fn camel_words(part: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = None;
    for letter in part.chars() {
        if letter.is_uppercase() && before.is_some_and(char::is_lowercase) {
            words.push(String::new());
        }
        words.last_mut().expect("it starts with one word").extend(letter.to_lowercase());
        before = Some(letter);
    }
    words
}

fn contains(said: &[String], spelling: &[String]) -> bool {
    said.windows(spelling.len()).any(|window| window == spelling)
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const OBJECTS: &str = r#"
        fn account() { Object::new("account", label("Account", "客户")) }
        fn category() { Object::new("category", label("Category", "类别")) }
        fn line() { Object::new("order_line", "order_lines", label("Line", "行")) }
        fn order() { Object::new("order", label("Order", "订单")) }
        fn user() { Object::new("user", label("User", "用户")) }
        #[cfg(test)] mod tests { fn probe() { Object::new("probe", label("", "")) } }
    "#;
    const SETTINGS: &str = "[platform]\nuser = 'who acts'\n[homonym]\norder = 'sort order'\n[vocabulary]\n\"web/src/ui/icon.tsx\" = 'pictures'\n";

    #[track_caller]
    fn names(path: &str, text: &str, expected: &[&str]) {
        let files =
            [("crates/objects/src/a.rs", OBJECTS), (settings::PATH, SETTINGS), (path, text)];
        let named: Vec<String> = found(check, &files)
            .iter()
            .map(|line| line.strip_prefix(path).unwrap().split('`').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(named, expected);
    }

    #[test]
    fn a_name_is_found_in_identifiers_paths_and_sentences() {
        names("crates/app/src/a.rs", "fn merge_accounts() {}", &["merge_accounts"]);
        names("crates/model/src/a.rs", "struct AccountTree;", &["AccountTree"]);
        names(
            "crates/server/src/a.rs",
            "fn f() { get(\"/api/v1/categories\") }",
            &["/api/v1/categories"],
        );
        names("crates/store/src/a.rs", "fn f() { g(\"No such account.\") }", &["No such account."]);
        names("web/src/lists/a.tsx", "<Order kind={x} to={`/accounts/${id}`}/>", &["/accounts/"]);
        names("crates/app/src/a.rs", "fn f() { g(\"order_line\") }", &["order_line"]);
    }

    #[test]
    fn where_names_belong_they_may_stand() {
        names("crates/demo/src/a.rs", "fn account() {}", &[]);
        names("crates/app/tests/a.rs", "fn account() {}", &[]);
        names("crates/app/src/a.rs", "#[cfg(test)] mod tests { fn account() {} }", &[]);
        names("web/src/objects/account.tsx", "const account = 1", &[]);
        names("web/src/lists/a.test.tsx", "const account = 1", &[]);
    }

    #[test]
    fn words_that_only_look_alike_are_left_alone() {
        names("crates/app/src/a.rs", "fn accountable(bank_accounting: u8) {} // account", &[]);
        names("crates/store/src/a.rs", "fn f() { g(\"ORDER BY\", order_by) }", &[]);
    }

    #[test]
    fn the_platforms_own_words_are_allowed_and_homonyms_only_outside_of_texts() {
        names("crates/app/src/a.rs", "fn user() { g(\"users\") }", &[]);
        names("crates/app/src/a.rs", "fn order() { g(\"in order to\") }", &[]);
        names("crates/app/src/a.rs", "fn f() { g(\"orders\") }", &["orders"]);
        names("crates/app/src/a.rs", "fn f() { g(\"order.number\") }", &["order.number"]);
        names(
            "web/src/ui/icon.tsx",
            "const icons = { 'address-book': IconAccount, 'account': 1 }",
            &[],
        );
    }

    #[test]
    fn an_exception_needs_an_object_and_a_reason() {
        let settings = "[platform]\nuser = ''\n[homonym]\nghost = 'gone'\n";
        let files = [("crates/objects/src/a.rs", OBJECTS), (settings::PATH, settings)];
        assert_eq!(
            found(check, &files),
            [
                "crates/xtask/tidy.toml:2: settings: give the reason why `user` is an exception",
                "crates/xtask/tidy.toml:4: warning, settings: no object is called `ghost`: remove the exception",
            ]
        );
    }
}
