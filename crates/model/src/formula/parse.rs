//! From tokens to a tree within the limits, by precedence climbing over CEL's levels. Not types, see `check`.

use super::error::FormulaError;
use super::expr::{BINDINGS, Expr, Node, Operator, Step};
use super::function::Function;
use super::tokens::{Placed, Token, tokens};
use super::{DEPTH_MAX, NODES_MAX, SOURCE_CHARS_MAX, days};
use crate::value::Value;

/// The tree of `source`.
pub(super) fn parse(source: &str) -> Result<Node, FormulaError> {
    if source.chars().nth(SOURCE_CHARS_MAX).is_some() {
        let error = FormulaError::new("formula_long", SOURCE_CHARS_MAX);
        return Err(error.with("max", SOURCE_CHARS_MAX));
    }
    let tokens = tokens(source)?;
    if tokens.len() == 1 {
        return Err(FormulaError::new("formula_empty", 0));
    }
    let mut parser = Parser { tokens, next: 0, nodes: 0, brackets: 0 };
    let root = parser.expression()?;
    match parser.peek() {
        Token::End => Ok(root),
        _ => Err(parser.unexpected()),
    }
}

struct Parser {
    /// Never empty: the last is the end.
    tokens: Vec<Placed>,
    next: usize,
    /// Nodes made so far.
    nodes: usize,
    /// Expressions that are being read, one in the other.
    brackets: usize,
}

impl Parser {
    /// `a ? b : c ? d : e`, or what binds tighter.
    fn expression(&mut self) -> Result<Node, FormulaError> {
        self.brackets += 1;
        if self.brackets > DEPTH_MAX {
            return Err(FormulaError::new("formula_deep", self.at()).with("max", DEPTH_MAX));
        }
        let at = self.at();
        let mut last = self.chain(*BINDINGS.start())?;
        let mut cases = Vec::new();
        while self.took("?") {
            let outcome = self.chain(*BINDINGS.start())?;
            self.expect(":")?;
            cases.push((last, outcome));
            last = self.chain(*BINDINGS.start())?;
        }
        self.brackets -= 1;
        match cases.is_empty() {
            true => Ok(last),
            false => self.node(at, Expr::Choose(cases, Box::new(last))),
        }
    }

    /// Operands with operators that bind as tightly as `binding` between them.
    fn chain(&mut self, binding: u8) -> Result<Node, FormulaError> {
        if !BINDINGS.contains(&binding) {
            return self.unary();
        }
        let at = self.at();
        let first = self.chain(binding + 1)?;
        let mut steps = Vec::new();
        while let Some(operator) = self.operator().filter(|found| found.binding() == binding) {
            let at = self.at();
            self.next += 1;
            let right = match operator {
                Operator::In if *self.peek() == Token::Symbol("[") => self.list()?,
                _ => self.chain(binding + 1)?,
            };
            steps.push(Step { at, operator, right });
        }
        match steps.is_empty() {
            true => Ok(first),
            false => self.node(at, Expr::Chain(Box::new(first), steps)),
        }
    }

    /// `!!x`, `--x`, or what binds tighter; as in CEL the two do not mix without brackets.
    fn unary(&mut self) -> Result<Node, FormulaError> {
        let sign = self.peek().clone();
        let mut places = Vec::new();
        while matches!(sign, Token::Symbol("!" | "-")) && *self.peek() == sign {
            places.push(self.at());
            self.next += 1;
        }
        let mut node = self.member()?;
        for at in places.into_iter().rev() {
            let inner = Box::new(node);
            let is_not = sign == Token::Symbol("!");
            node = self.node(at, if is_not { Expr::Not(inner) } else { Expr::Negate(inner) })?;
        }
        Ok(node)
    }

    /// `x.f(y)`, `a.b.c`, or a literal, name, call or bracket.
    fn member(&mut self) -> Result<Node, FormulaError> {
        let mut node = self.primary()?;
        while *self.peek() == Token::Symbol(".") {
            let dot = self.next;
            self.next += 1;
            let (at, name) = self.name()?;
            if self.took("(") {
                node = self.call(at, &name, vec![node])?;
            } else if let Expr::Path(path) = &mut node.expr {
                path.push(name);
            } else {
                // Only a record has fields.
                self.next = dot;
                return Err(self.unexpected());
            }
        }
        Ok(node)
    }

    fn primary(&mut self) -> Result<Node, FormulaError> {
        let at = self.at();
        let literal = match self.peek().clone() {
            Token::Number(value) => value,
            Token::Text(text) => Value::Text(text),
            Token::Name(word) => match word.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                _ => {
                    let (at, name) = self.name()?;
                    return match self.took("(") {
                        true => self.call(at, &name, Vec::new()),
                        false => self.node(at, Expr::Path(vec![name])),
                    };
                }
            },
            Token::Symbol("(") => {
                self.next += 1;
                let inner = self.expression()?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Symbol("[") => return Err(FormulaError::new("formula_list", at)),
            Token::Symbol(_) | Token::End => return Err(self.unexpected()),
        };
        self.next += 1;
        self.node(at, Expr::Literal(literal))
    }

    /// The rest of a call, from after its opening bracket; `args` are those before it.
    fn call(&mut self, at: usize, name: &str, mut args: Vec<Node>) -> Result<Node, FormulaError> {
        let Some(function) = Function::of(name) else {
            return Err(FormulaError::new("formula_function", at).with("name", name));
        };
        while !self.took(")") {
            args.push(self.expression()?);
            if *self.peek() != Token::Symbol(")") {
                self.expect(",")?;
                if *self.peek() == Token::Symbol(")") {
                    return Err(self.unexpected());
                }
            }
        }
        if let Some(expected) = function.miscounted(args.len()) {
            let error = FormulaError::new("formula_arguments", at).with("name", name);
            return Err(error.with("expected", expected));
        }
        if let (Function::Date, [arg]) = (function, args.as_slice())
            && let Expr::Literal(Value::Text(text)) = &arg.expr
            && days::date(text).is_none()
        {
            return Err(FormulaError::new("formula_date", arg.at).with("value", text));
        }
        self.node(at, Expr::Call(function, args))
    }

    /// `[a, b]`; a comma may follow the last element.
    fn list(&mut self) -> Result<Node, FormulaError> {
        let at = self.at();
        self.expect("[")?;
        let mut items = Vec::new();
        while !self.took("]") {
            items.push(self.expression()?);
            if *self.peek() != Token::Symbol("]") {
                self.expect(",")?;
            }
        }
        self.node(at, Expr::List(items))
    }

    /// A node that keeps the limits.
    fn node(&mut self, at: usize, expr: Expr) -> Result<Node, FormulaError> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(FormulaError::new("formula_large", at).with("max", NODES_MAX));
        }
        let mut node = Node { at, expr, height: 1 };
        node.height += node.children().iter().map(|child| child.height).max().unwrap_or(0);
        if node.height > DEPTH_MAX {
            return Err(FormulaError::new("formula_deep", at).with("max", DEPTH_MAX));
        }
        Ok(node)
    }

    /// A name that is not one of CEL's four words.
    fn name(&mut self) -> Result<(usize, String), FormulaError> {
        match self.peek().clone() {
            Token::Name(name) if !matches!(&*name, "in" | "true" | "false" | "null") => {
                let at = self.at();
                self.next += 1;
                Ok((at, name))
            }
            _ => Err(self.unexpected()),
        }
    }

    fn operator(&self) -> Option<Operator> {
        match self.peek() {
            Token::Symbol(symbol) => Operator::of(symbol),
            Token::Name(word) => Operator::of(word),
            _ => None,
        }
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.next].token
    }

    fn at(&self) -> usize {
        self.tokens[self.next].at
    }

    /// Takes `symbol` if it is next.
    fn took(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &'static str) -> Result<(), FormulaError> {
        if self.took(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The next token is not what can stand here.
    fn unexpected(&self) -> FormulaError {
        let found = match self.peek() {
            Token::End => return FormulaError::new("formula_end", self.at()),
            Token::Symbol(symbol) => (*symbol).to_owned(),
            Token::Name(name) => name.clone(),
            Token::Text(text) => text.clone(),
            Token::Number(number) => number.as_decimal().unwrap_or_default().to_string(),
        };
        FormulaError::new("formula_unexpected", self.at()).with("found", found)
    }
}
