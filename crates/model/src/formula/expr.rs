//! The tree of a parsed formula. Not its meaning: that is `eval`, `check` and the store's SQL.

use super::function::Function;
use crate::value::Value;

/// An expression and its place. Only the parser makes them, so every node keeps the limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where in the source, in characters from 0.
    pub at: usize,
    /// What it is.
    pub expr: Expr,
    /// Levels of nodes from here down, itself included.
    pub(super) height: usize,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Null, yes/no, a whole number, a decimal or a text.
    Literal(Value),
    /// A field, or a field of a linked record: `["account", "name"]`.
    Path(Vec<String>),
    /// The elements to look among; only as the right side of [`Operator::In`].
    List(Vec<Node>),
    /// `!x`.
    Not(Box<Node>),
    /// `-x`.
    Negate(Box<Node>),
    /// The first operand, then each step applied to what came before. All operators of a chain bind
    /// equally, so a chain of `&&` has only `&&`, one of `+` has `+` and `-`.
    Chain(Box<Node>, Vec<Step>),
    /// The outcome of the first condition that holds, otherwise the last: `a ? b : c ? d : e` is
    /// `[(a, b), (c, d)]` and `e`, as in SQL's CASE.
    Choose(Vec<(Node, Node)>, Box<Node>),
    /// A function of its arguments; `x.f(y)` is `f(x, y)`.
    Call(Function, Vec<Node>),
}

/// An operator and its right operand.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where the operator stands, in characters from 0.
    pub at: usize,
    /// The operator.
    pub operator: Operator,
    /// What stands right of it.
    pub right: Node,
}

/// An operator between two operands. Division is exact, `Remainder` has the sign of the left side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// How tightly an operator binds, loosest first: CEL's levels between `? :` and the unary operators.
pub(super) const BINDINGS: std::ops::RangeInclusive<u8> = 1..=5;

const OPERATORS: &[(Operator, &str, u8)] = &[
    (Operator::Or, "||", 1),
    (Operator::And, "&&", 2),
    (Operator::Less, "<", 3),
    (Operator::LessOrEqual, "<=", 3),
    (Operator::Greater, ">", 3),
    (Operator::GreaterOrEqual, ">=", 3),
    (Operator::Equal, "==", 3),
    (Operator::NotEqual, "!=", 3),
    (Operator::In, "in", 3),
    (Operator::Add, "+", 4),
    (Operator::Subtract, "-", 4),
    (Operator::Multiply, "*", 5),
    (Operator::Divide, "/", 5),
    (Operator::Remainder, "%", 5),
];

impl Operator {
    /// The operator written as `symbol`.
    pub fn of(symbol: &str) -> Option<Operator> {
        OPERATORS.iter().find(|(_, known, _)| *known == symbol).map(|(operator, _, _)| *operator)
    }

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        self.row().1
    }

    /// How tightly it binds, one of [`BINDINGS`].
    pub(super) fn binding(self) -> u8 {
        self.row().2
    }

    fn row(self) -> &'static (Operator, &'static str, u8) {
        OPERATORS
            .iter()
            .find(|(operator, _, _)| *operator == self)
            .expect("every operator has a row")
    }
}

impl Node {
    /// The nodes right below, in the order of the source.
    pub fn children(&self) -> Vec<&Node> {
        match &self.expr {
            Expr::Literal(_) | Expr::Path(_) => Vec::new(),
            Expr::List(items) | Expr::Call(_, items) => items.iter().collect(),
            Expr::Not(inner) | Expr::Negate(inner) => vec![inner],
            Expr::Chain(first, steps) => {
                std::iter::once(&**first).chain(steps.iter().map(|step| &step.right)).collect()
            }
            Expr::Choose(cases, otherwise) => cases
                .iter()
                .flat_map(|(condition, outcome)| [condition, outcome])
                .chain(std::iter::once(&**otherwise))
                .collect(),
        }
    }

    /// Shows `see` this node and all below it, in the order of the source.
    pub fn visit(&self, see: &mut impl FnMut(&Node)) {
        see(self);
        for child in self.children() {
            child.visit(see);
        }
    }
}
