//! How long a function may be. One that does not fit a screen does more than one thing.

use super::finding::Finding;
use super::token::{Token, closing};
use super::tree::Tree;

const RUST_LINES_MAX: usize = 70;
/// A component's markup is counted with it.
const SCRIPT_LINES_MAX: usize = 120;

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        let (functions, lines_max) = match source {
            source if source.is_rust() => (rust_functions(&source.tokens), RUST_LINES_MAX),
            source if source.is_script() => (script_functions(&source.tokens), SCRIPT_LINES_MAX),
            _ => continue,
        };
        for Function { name, line, lines } in functions.into_iter().filter(|f| f.lines > lines_max)
        {
            let advice = format!("`{name}` has {lines} lines, at most {lines_max}: name its parts");
            findings.push(Finding::error(&source.path, line, "function-size", advice));
        }
    }
    findings
}

fn rust_functions(tokens: &[Token]) -> Vec<Function> {
    let starts = (0..tokens.len()).filter(|index| tokens[*index].is_word("fn"));
    starts
        .filter_map(|index| {
            let name = tokens.get(index + 1)?.word()?.to_owned();
            let open = body(tokens, index)?;
            Some(span(tokens, name, index, open))
        })
        .collect()
}

/// Named functions, and arrow functions with a body in braces, by the name they are given.
fn script_functions(tokens: &[Token]) -> Vec<Function> {
    let mut functions = Vec::new();
    for index in 0..tokens.len() {
        if tokens[index].is_word("function") {
            let name = tokens.get(index + 1).and_then(Token::word).unwrap_or("function").to_owned();
            functions.extend(body(tokens, index).map(|open| span(tokens, name, index, open)));
        }
        let is_arrow =
            index > 1 && tokens[index - 2].is_mark('=') && tokens[index - 1].is_mark('>');
        if is_arrow && tokens[index].is_mark('{') {
            functions.push(span(tokens, "=>".to_owned(), index, index));
        }
    }
    functions
}

/// Where the body's brace opens: the first one outside the brackets of the signature.
fn body(tokens: &[Token], start: usize) -> Option<usize> {
    let mut index = start;
    while let Some(token) = tokens.get(index) {
        if token.is_mark('{') {
            return Some(index);
        }
        if token.is_mark(';') {
            return None;
        }
        let is_open = token.is_mark('(') || token.is_mark('[');
        index = if is_open { closing(tokens, index) + 1 } else { index + 1 };
    }
    None
}

fn span(tokens: &[Token], name: String, start: usize, open: usize) -> Function {
    let line = tokens[start].line;
    Function { name, line, lines: tokens[closing(tokens, open)].line - line + 1 }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn long_functions_are_found_in_both_languages() {
        let rust = |lines: usize| {
            format!("trait T {{ fn a(); }}\nfn f(a: [u8; 2]) -> X {{{}}}", "\n".repeat(lines - 1))
        };
        assert!(found(check, &[("crates/app/src/a.rs", &rust(70))]).is_empty());
        assert_eq!(
            found(check, &[("crates/app/src/a.rs", &rust(71))]),
            ["crates/app/src/a.rs:2: function-size: `f` has 71 lines, at most 70: name its parts",]
        );
        let script = format!(
            "const a = ({{ b }}: P) => {{{}}};\nfunction C({{ d }}) {{{}}}",
            "\n".repeat(119),
            "\n".repeat(120)
        );
        assert_eq!(
            found(check, &[("web/src/a.tsx", &script)]),
            ["web/src/a.tsx:121: function-size: `C` has 121 lines, at most 120: name its parts",]
        );
    }
}
