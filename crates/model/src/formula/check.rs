//! The type of a formula before it has values. A formula that passes never fails at a value's type.

use super::error::{FormulaError, Spot};
use super::expr::{Expr, Node, Operator, Step};
use super::function::Function;
use super::types::Type;

/// A type, or none for null, which goes with every type.
type Known = Option<Type>;
type Found = Result<Known, FormulaError>;

/// Where the types of names come from.
pub(super) struct Check<'a, F> {
    pub(super) type_of: &'a F,
}

impl<F: Fn(&[String]) -> Option<Type>> Check<'_, F> {
    /// The type of `node`.
    pub(super) fn type_of_node(&self, node: &Node) -> Found {
        match &node.expr {
            Expr::Literal(value) => Ok(Type::of(value)),
            Expr::Path(path) => match (self.type_of)(path) {
                Some(found) => Ok(Some(found)),
                None => {
                    Err(FormulaError::new("formula_name", node.at).with("name", path.join(".")))
                }
            },
            Expr::List(_) => Err(FormulaError::new("formula_list", node.at)),
            Expr::Not(inner) => {
                let spot = Spot { at: node.at, name: "!" };
                expect(self.type_of_node(inner)?, Type::YesNo, spot)
            }
            Expr::Negate(inner) => {
                let spot = Spot { at: node.at, name: "-" };
                expect(self.type_of_node(inner)?, Type::Number, spot)
            }
            Expr::Chain(first, steps) => self.chain(first, steps),
            Expr::Choose(cases, otherwise) => self.choose(node.at, cases, otherwise),
            Expr::Call(function, args) => {
                let args: Result<Vec<Known>, FormulaError> =
                    args.iter().map(|arg| self.type_of_node(arg)).collect();
                call(*function, &args?, Spot { at: node.at, name: function.name() })
            }
        }
    }

    fn chain(&self, first: &Node, steps: &[Step]) -> Found {
        let mut left = self.type_of_node(first)?;
        for step in steps {
            let spot = Spot { at: step.at, name: step.operator.symbol() };
            left = match &step.right.expr {
                Expr::List(items) => {
                    for item in items {
                        same(left, self.type_of_node(item)?, spot)?;
                    }
                    Some(Type::YesNo)
                }
                _ => combine(step.operator, left, self.type_of_node(&step.right)?, spot)?,
            };
        }
        Ok(left)
    }

    fn choose(&self, at: usize, cases: &[(Node, Node)], otherwise: &Node) -> Found {
        let mut found = None;
        for (condition, outcome) in cases {
            let spot = Spot { at: condition.at, name: "? :" };
            expect(self.type_of_node(condition)?, Type::YesNo, spot)?;
            found = self.outcome(at, found, outcome)?;
        }
        self.outcome(at, found, otherwise)
    }

    fn outcome(&self, at: usize, found: Known, outcome: &Node) -> Found {
        let spot = Spot { at, name: "? :" };
        same(found, self.type_of_node(outcome)?, spot)
            .map_err(|_| FormulaError::new("formula_branches", outcome.at))
    }
}

/// The type of `left operator right`.
fn combine(operator: Operator, left: Known, right: Known, spot: Spot) -> Found {
    let both = |wanted| expect(left, wanted, spot).and_then(|_| expect(right, wanted, spot));
    match operator {
        Operator::Or | Operator::And => both(Type::YesNo),
        Operator::Equal | Operator::NotEqual => {
            same(left, right, spot)?;
            Ok(Some(Type::YesNo))
        }
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            ordered(same(left, right, spot)?, spot)?;
            Ok(Some(Type::YesNo))
        }
        Operator::In => contains(right, left, spot),
        Operator::Add => match same(left, right, spot)? {
            None | Some(Type::Number | Type::Text) => Ok(left.or(right)),
            _ => Err(spot.types()),
        },
        Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
            both(Type::Number)
        }
    }
}

/// The type of `function` of arguments of these types.
fn call(function: Function, args: &[Known], spot: Spot) -> Found {
    let all = |wanted: Type| args.iter().try_for_each(|arg| expect(*arg, wanted, spot).map(|_| ()));
    let one = || args.iter().try_fold(None, |found, arg| same(found, *arg, spot));
    let gives = |found: Type| Ok(Some(found));
    match (function, args) {
        (Function::Min | Function::Max, _) => ordered(one()?, spot),
        (Function::Coalesce, _) => one(),
        (Function::Abs | Function::Round | Function::Floor | Function::Ceil, _) => {
            all(Type::Number).and_then(|()| gives(Type::Number))
        }
        (Function::StartsWith | Function::EndsWith, _) => {
            all(Type::Text).and_then(|()| gives(Type::YesNo))
        }
        (Function::Lower | Function::Upper | Function::Trim | Function::Replace, _) => {
            all(Type::Text).and_then(|()| gives(Type::Text))
        }
        (Function::Date, _) => all(Type::Text).and_then(|()| gives(Type::Date)),
        (Function::Size, [None | Some(Type::Text | Type::Other)]) => gives(Type::Number),
        (Function::Contains, [Some(Type::Text), part]) => {
            expect(*part, Type::Text, spot).and_then(|_| gives(Type::YesNo))
        }
        (Function::Contains, [list, element]) => contains(*list, *element, spot),
        (Function::Concat, _) if !args.contains(&Some(Type::Other)) => gives(Type::Text),
        (Function::IsEmpty, _) => gives(Type::YesNo),
        (Function::Today, _) => gives(Type::Date),
        (Function::Now, _) => gives(Type::Instant),
        (Function::DaysBetween | Function::Year | Function::Month | Function::Day, _) => {
            args.iter().try_for_each(|arg| days(*arg, spot).map(|_| ()))?;
            gives(Type::Number)
        }
        (Function::AddDays | Function::AddMonths, [to, count]) => {
            expect(*count, Type::Number, spot)?;
            days(*to, spot)
        }
        _ => Err(spot.types()),
    }
}

/// Whether a list can have such an element: codes are texts, links are compared with links.
fn contains(list: Known, element: Known, spot: Spot) -> Found {
    let list_fits = matches!(list, None | Some(Type::Other));
    let element_fits = matches!(element, None | Some(Type::Other | Type::Text));
    if list_fits && element_fits { Ok(Some(Type::YesNo)) } else { Err(spot.types()) }
}

fn expect(found: Known, wanted: Type, spot: Spot) -> Found {
    same(found, Some(wanted), spot)
}

/// The one type of both.
fn same(left: Known, right: Known, spot: Spot) -> Found {
    match (left, right) {
        (Some(left), Some(right)) if left != right => Err(spot.types()),
        _ => Ok(left.or(right)),
    }
}

fn ordered(found: Known, spot: Spot) -> Found {
    if found.is_none_or(Type::is_ordered) { Ok(found) } else { Err(spot.types()) }
}

fn days(found: Known, spot: Spot) -> Found {
    match found {
        None | Some(Type::Date | Type::Instant) => Ok(found),
        _ => Err(spot.types()),
    }
}
