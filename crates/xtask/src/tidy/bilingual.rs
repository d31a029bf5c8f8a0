//! Which functions take a text in both languages: those with a parameter `en` followed by `zh`.
//! The convention is the declaration; a new builder is known without being listed here.

use super::token::{Token, closing};
use super::tree::Tree;

/// A function that takes both texts, as its callers write it.
#[derive(Debug, PartialEq, Eq)]
pub struct Bilingual {
    pub name: String,
    /// The type of an associated function, which is called as `Type::name(…)`.
    pub of: Option<String>,
    /// Called as `.name(…)`.
    pub is_method: bool,
    /// How many arguments there are in a call, and which of them is the English text.
    pub arguments: usize,
    pub en: usize,
}

pub fn bilingual(tree: &Tree) -> Vec<Bilingual> {
    let sources = tree.rust().filter(|source| !source.is_test() && source.text.contains("zh"));
    sources.flat_map(|source| in_tokens(&source.tokens)).collect()
}

fn in_tokens(tokens: &[Token]) -> Vec<Bilingual> {
    let impls = impls(tokens);
    let starts =
        (0..tokens.len()).filter(|index| tokens[*index].is_word("fn") && !tokens[*index].is_test);
    starts
        .filter_map(|index| {
            let name = tokens.get(index + 1)?.word()?.to_owned();
            let open = (index..tokens.len()).find(|at| tokens[*at].is_mark('('))?;
            let parameters = split(tokens, open);
            let is_method = parameters.first()?.iter().any(|token| token.is_word("self"));
            let names = parameters
                .iter()
                .skip(usize::from(is_method))
                .map(|parameter| parameter_name(parameter));
            let names: Vec<Option<&str>> = names.collect();
            let en = names.windows(2).position(|pair| *pair == [Some("en"), Some("zh")])?;
            let of = impls.iter().find(|(open, close, _)| (*open..*close).contains(&index));
            let of = of.map(|(_, _, name)| name.clone());
            Some(Bilingual { name, of, is_method, arguments: names.len(), en })
        })
        .collect()
}

/// The arguments or parameters of the bracket that opens at `open`, a trailing comma forgiven.
pub fn split(tokens: &[Token], open: usize) -> Vec<&[Token]> {
    let close = closing(tokens, open);
    let mut parts = Vec::new();
    let (mut start, mut index) = (open + 1, open + 1);
    while index < close {
        if tokens[index].is_mark(',') {
            parts.push(&tokens[start..index]);
            start = index + 1;
        }
        let is_open = ['(', '[', '{'].iter().any(|mark| tokens[index].is_mark(*mark));
        index = if is_open { closing(tokens, index) + 1 } else { index + 1 };
    }
    if start < close {
        parts.push(&tokens[start..close]);
    }
    parts
}

fn parameter_name(parameter: &[Token]) -> Option<&str> {
    let colon = parameter.iter().position(|token| token.is_mark(':'))?;
    parameter.get(colon.checked_sub(1)?)?.word()
}

/// Each `impl` block: where it opens and closes, and the type it is for.
fn impls(tokens: &[Token]) -> Vec<(usize, usize, String)> {
    let starts = (0..tokens.len()).filter(|index| tokens[*index].is_word("impl"));
    starts
        .filter_map(|start| {
            let open = (start..tokens.len()).find(|at| tokens[*at].is_mark('{'))?;
            let mut depth = 0usize;
            let mut name = None;
            for token in tokens[start + 1..open].iter().take_while(|token| !token.is_word("where"))
            {
                match token.word() {
                    Some(word) if depth == 0 => name = Some(word),
                    _ if token.is_mark('<') => depth += 1,
                    _ if token.is_mark('>') => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            Some((open, closing(tokens, open), name?.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_known_by_their_parameters() {
        let code = "
            fn label(en: &str, zh: &str) -> Label {}
            fn choice(name: &str, en: &str, zh: &str, options: impl IntoIterator<Item = Opt>) {}
            impl<'a> Kind<'a> { fn new(mut en: u8, zh: u8) {} fn of(zh: u8, en: u8) {} }
            impl From<A> for model::Field { fn help(mut self, en: &str, zh: &str,) {} }
        ";
        let found = bilingual(&Tree::sample(&[("crates/model/src/a.rs", code)]));
        let found: Vec<String> = found
            .iter()
            .map(|f| format!("{:?} {} {} {}/{}", f.of, f.name, f.is_method, f.en, f.arguments))
            .collect();
        assert_eq!(
            found,
            [
                "None label false 0/2",
                "None choice false 1/4",
                "Some(\"Kind\") new false 0/2",
                "Some(\"Field\") help true 0/2",
            ]
        );
    }
}
