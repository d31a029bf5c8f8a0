//! Formulas: an expression over a record and its links, in CEL's syntax, over exact decimals. Not statements, not I/O.
//!
//! The syntax is a subset of the [Common Expression Language](https://cel.dev); what is left out and
//! what means something else here is in `docs/decisions/001-formulas.md`. The rules of meaning:
//!
//! - Numbers are exact decimals of at most 28 digits; `7 / 2` is 3.5. A result with more digits after
//!   the point than fit is rounded to those that do; one too large is `formula_overflow`.
//! - Arithmetic and functions with null give null (`coalesce` changes that); division by zero and a
//!   `date` of no date are null. `concat` takes null as the empty text.
//! - `&&`, `||`, `!`, `? :` take null as false. `<`, `<=`, `>`, `>=`, `contains`, `startsWith` and
//!   `endsWith` with null are false; `==` and `!=` compare with null as with any value.
//! - Days begin and end in the workspace's time zone, see [`Now`].
//!
//! An evaluation visits every node at most once, so it ends; neither parsing nor evaluation panics.

mod calls;
mod check;
mod days;
mod error;
mod eval;
mod expr;
mod function;
mod numbers;
mod parse;
mod tokens;
mod types;

#[cfg(test)]
mod tests;

pub use error::{FormulaError, MESSAGES};
pub use expr::{Expr, Node, Operator, Step};
pub use function::Function;
pub use types::Type;

use crate::now::Now;
use crate::value::Value;

/// Characters of a formula's source.
pub const SOURCE_CHARS_MAX: usize = 2_000;
/// Levels of nesting: of the tree and of brackets. CEL asks implementations for at least 32.
pub const DEPTH_MAX: usize = 32;
/// Nodes of the tree: literals, names, operators and calls.
pub const NODES_MAX: usize = 500;
/// Bytes of a text that an operator or a function builds; a field's own text passes whatever its size.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Digits after the point that `round` can be asked for.
pub const PLACES_MAX: u32 = 28;

/// A parsed formula, within all limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    source: String,
    root: Node,
    paths: Vec<Vec<String>>,
    uses_today: bool,
}

impl Formula {
    /// Parses `source`; the error names its place in characters from the start.
    pub fn parse(source: &str) -> Result<Formula, FormulaError> {
        let root = parse::parse(source)?;
        let mut paths: Vec<Vec<String>> = Vec::new();
        let mut uses_today = false;
        root.visit(&mut |node| match &node.expr {
            Expr::Path(path) if !paths.contains(path) => paths.push(path.clone()),
            Expr::Call(Function::Today | Function::Now, _) => uses_today = true,
            _ => {}
        });
        Ok(Formula { source: source.to_owned(), root, paths, uses_today })
    }

    /// The source, as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The tree, for compiling to SQL.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The names it refers to, in order of appearance, each once: `["account", "name"]` is `account.name`.
    pub fn paths(&self) -> Vec<Vec<String>> {
        self.paths.clone()
    }

    /// Whether its value changes by itself as time passes.
    pub fn uses_today(&self) -> bool {
        self.uses_today
    }

    /// Its value, with `resolve` giving the value of each name (null when there is none).
    ///
    /// Errors: a value of the wrong type (never after [`Formula::check`] with types that `resolve`
    /// keeps to), a number, date or text out of range.
    pub fn eval(
        &self,
        resolve: &impl Fn(&[String]) -> Value,
        now: &Now,
    ) -> Result<Value, FormulaError> {
        eval::Evaluation { resolve, now }.value(&self.root)
    }

    /// The type of its value, with `type_of` giving the type of each name (none: there is no such name).
    /// A formula that is always null is of type [`Type::Other`].
    pub fn check(
        &self,
        type_of: &impl Fn(&[String]) -> Option<Type>,
    ) -> Result<Type, FormulaError> {
        let found = check::Check { type_of }.type_of_node(&self.root)?;
        Ok(found.unwrap_or(Type::Other))
    }
}
