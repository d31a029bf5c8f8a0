//! The value of a formula. Not its type beforehand (`check`) and not SQL (the store).

use std::cmp::Ordering;

use super::calls::{built, call};
use super::error::{FormulaError, Spot};
use super::expr::{Expr, Node, Operator, Step};
use super::function::Function;
use super::numbers;
use super::types::{elements, equal, order};
use crate::now::Now;
use crate::value::Value;

type Found = Result<Value, FormulaError>;

/// Where names and the time come from.
pub(super) struct Evaluation<'a, F> {
    pub(super) resolve: &'a F,
    pub(super) now: &'a Now,
}

impl<F: Fn(&[String]) -> Value> Evaluation<'_, F> {
    /// The value of `node`.
    pub(super) fn value(&self, node: &Node) -> Found {
        match &node.expr {
            Expr::Literal(value) => Ok(value.clone()),
            Expr::Path(path) => Ok((self.resolve)(path)),
            // The parser puts lists only where `is_among` reads them.
            Expr::List(_) => Err(FormulaError::new("formula_list", node.at)),
            Expr::Not(inner) => {
                let holds = self.holds(inner, Spot { at: node.at, name: "!" })?;
                Ok(Value::Bool(!holds))
            }
            Expr::Negate(inner) => match self.value(inner)? {
                Value::Null => Ok(Value::Null),
                number => numbers::negate(&number, Spot { at: node.at, name: "-" }),
            },
            Expr::Chain(first, steps) => self.chain(first, steps),
            Expr::Choose(cases, otherwise) => {
                for (condition, outcome) in cases {
                    if self.holds(condition, Spot { at: condition.at, name: "? :" })? {
                        return self.value(outcome);
                    }
                }
                self.value(otherwise)
            }
            Expr::Call(function, args) => {
                self.call(*function, args, Spot { at: node.at, name: function.name() })
            }
        }
    }

    fn chain(&self, first: &Node, steps: &[Step]) -> Found {
        let mut left = self.value(first)?;
        for step in steps {
            let spot = Spot { at: step.at, name: step.operator.symbol() };
            left = match step.operator {
                Operator::Or => Value::Bool(holds(&left, spot)? || self.holds(&step.right, spot)?),
                Operator::And => Value::Bool(holds(&left, spot)? && self.holds(&step.right, spot)?),
                Operator::In => Value::Bool(self.is_among(&left, &step.right, spot)?),
                operator => combine(operator, left, self.value(&step.right)?, spot)?,
            };
        }
        Ok(left)
    }

    /// Whether a condition holds; null does not.
    fn holds(&self, node: &Node, spot: Spot) -> Result<bool, FormulaError> {
        holds(&self.value(node)?, spot)
    }

    fn is_among(&self, wanted: &Value, list: &Node, spot: Spot) -> Result<bool, FormulaError> {
        if let Expr::List(items) = &list.expr {
            for item in items {
                if equal(wanted, &self.value(item)?) {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let elements = elements(&self.value(list)?).ok_or_else(|| spot.types())?;
        Ok(elements.iter().any(|element| equal(wanted, element)))
    }

    fn call(&self, function: Function, args: &[Node], spot: Spot) -> Found {
        match function {
            Function::Coalesce => {
                for arg in args {
                    let value = self.value(arg)?;
                    if value != Value::Null {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
            Function::Concat => {
                let mut text = String::new();
                for arg in args {
                    text += &written(&self.value(arg)?).ok_or_else(|| spot.types())?;
                    // Looked at after each, so that no sum of long texts is ever held.
                    text = match built(text, spot)? {
                        Value::Text(text) => text,
                        _ => return Err(spot.types()),
                    };
                }
                Ok(Value::Text(text))
            }
            _ => {
                let values: Result<Vec<Value>, FormulaError> =
                    args.iter().map(|arg| self.value(arg)).collect();
                call(function, &values?, self.now, spot)
            }
        }
    }
}

fn holds(value: &Value, spot: Spot) -> Result<bool, FormulaError> {
    match value {
        Value::Bool(holds) => Ok(*holds),
        Value::Null => Ok(false),
        _ => Err(spot.types()),
    }
}

/// `left operator right` for all operators that need both sides.
fn combine(operator: Operator, left: Value, right: Value, spot: Spot) -> Found {
    let wanted: fn(Ordering) -> bool = match operator {
        Operator::Equal => return Ok(Value::Bool(equal(&left, &right))),
        Operator::NotEqual => return Ok(Value::Bool(!equal(&left, &right))),
        Operator::Less => Ordering::is_lt,
        Operator::LessOrEqual => Ordering::is_le,
        Operator::Greater => Ordering::is_gt,
        Operator::GreaterOrEqual => Ordering::is_ge,
        _ => return compute(operator, left, right, spot),
    };
    if left == Value::Null || right == Value::Null {
        return Ok(Value::Bool(false));
    }
    order(&left, &right).map(|found| Value::Bool(wanted(found))).ok_or_else(|| spot.types())
}

fn compute(operator: Operator, left: Value, right: Value, spot: Spot) -> Found {
    match (operator, left, right) {
        (_, Value::Null, _) | (_, _, Value::Null) => Ok(Value::Null),
        (Operator::Add, Value::Text(left), Value::Text(right)) => built(left + &right, spot),
        (operator, left, right) => numbers::arithmetic(operator, &left, &right, spot),
    }
}

/// How `concat` writes a value: nothing for null, days and moments as ISO 8601; none for links and lists.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Text(text) => Some(text.clone()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Date(day) => Some(day.to_string()),
        Value::Instant(at) => Some(at.to_string()),
        number => numbers::written(number),
    }
}
