//! What holds for every formula: no source and no value panics, what passes the check has its type,
//! whole-number arithmetic agrees with the machine's.

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::function::FUNCTIONS;
use super::super::{Formula, MESSAGES, Type};
use super::{NAMES, now, type_of};
use crate::value::Value;

/// Faults of a value that has the right type.
const RANGE_CODES: &[&str] = &[
    "formula_date_range",
    "formula_overflow",
    "formula_places",
    "formula_text_long",
    "formula_whole",
];

fn number() -> impl Strategy<Value = Value> {
    let decimal =
        (any::<[u8; 12]>(), any::<bool>(), 0_u32..=28).prop_map(|(m, negative, scale)| {
            let part = |at: usize| u32::from_le_bytes(m[at..at + 4].try_into().unwrap());
            Value::Decimal(Decimal::from_parts(part(0), part(4), part(8), negative, scale))
        });
    let edges = [i64::MIN, -1, 0, 1, 2, i64::MAX].map(Value::Int).to_vec();
    prop_oneof![
        any::<i64>().prop_map(Value::Int),
        select(edges),
        select(vec![Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)]).prop_map(Value::Decimal),
        decimal,
    ]
}

fn instant() -> impl Strategy<Value = Value> {
    let range = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    range.prop_map(|second| Value::Instant(Timestamp::from_second(second).unwrap()))
}

fn day() -> impl Strategy<Value = Value> {
    let middle = instant().prop_map(|at| Value::Date(now().day_of(at.as_instant().unwrap())));
    prop_oneof![select(vec![Date::MIN, Date::MAX]).prop_map(Value::Date), middle]
}

/// A value of a type, or null.
fn value_of(wanted: Type) -> BoxedStrategy<Value> {
    let some = match wanted {
        Type::Number => number().boxed(),
        Type::Text => ".{0,12}".prop_map(Value::Text).boxed(),
        Type::YesNo => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Date => day().boxed(),
        Type::Instant => instant().boxed(),
        Type::Other => prop_oneof![
            vec("[a-c]", 0..3).prop_map(Value::texts),
            vec(0_u128..3, 0..3)
                .prop_map(|ids| Value::ids(ids.into_iter().map(Uuid::from_u128).collect())),
            (0_u128..3).prop_map(|id| Value::Id(Uuid::from_u128(id))),
            (0_u128..3).prop_map(|id| Value::Any("lead".into(), Uuid::from_u128(id))),
        ]
        .boxed(),
    };
    prop_oneof![4 => some, 1 => Just(Value::Null)].boxed()
}

/// A value for each of `NAMES`, of its type.
fn record() -> impl Strategy<Value = Vec<Value>> {
    NAMES.iter().map(|(_, wanted)| value_of(*wanted)).collect::<Vec<_>>()
}

fn resolve(record: &[Value], path: &[String]) -> Value {
    let name = path.join(".");
    let found = NAMES.iter().position(|(known, _)| *known == name);
    found.map_or(Value::Null, |position| record[position].clone())
}

/// Pieces of formulas in any order: mostly nonsense, now and then a formula of wrong types.
fn soup() -> impl Strategy<Value = String> {
    let symbols =
        "|| && < <= > >= == != in + - * / % ! ? : ( ) [ ] , . '' 'a' \"\\n\" 0 1 2.5 true null";
    let functions = FUNCTIONS.iter().map(|(_, name, ..)| format!("{name}("));
    let names = NAMES.iter().map(|(name, _)| (*name).to_owned());
    let pieces = symbols.split(' ').map(str::to_owned).chain(functions).chain(names);
    vec(select(pieces.collect::<Vec<_>>()), 0..24).prop_map(|pieces| pieces.join(" "))
}

/// Formulas that read, of right and wrong types.
fn formula() -> impl Strategy<Value = String> {
    let names = NAMES.iter().map(|(name, _)| (*name).to_owned());
    let literals = ["0", "-3", "2.5", "'a'", "true", "null", "today()", "now()"].map(str::to_owned);
    let leaf = select(names.chain(literals).collect::<Vec<_>>());
    let operators = "|| && < <= > >= == != in + - * / %".split(' ').collect::<Vec<_>>();
    leaf.prop_recursive(3, 24, 3, move |inner| {
        let function = select(FUNCTIONS);
        prop_oneof![
            (inner.clone(), select(operators.clone()), inner.clone())
                .prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            (inner.clone(), vec(inner.clone(), 0..3))
                .prop_map(|(left, items)| format!("({left} in [{}])", items.join(", "))),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            inner.clone().prop_map(|of| format!("!({of})")),
            inner.clone().prop_map(|of| format!("-({of})")),
            (function, vec(inner, 3)).prop_map(|((_, name, least, most), mut args)| {
                args.truncate(most.min(3).max(least));
                format!("{name}({})", args.join(", "))
            }),
        ]
    })
}

/// What gives a type, with a `$` for each argument, and the arguments' types.
#[rustfmt::skip]
const TEMPLATES: &[(Type, &str, &[Type])] = &[
    (Type::Number, "$ + $ * $", &[Type::Number, Type::Number, Type::Number]),
    (Type::Number, "$ - $ / $", &[Type::Number, Type::Number, Type::Number]),
    (Type::Number, "min($, $) % $", &[Type::Number, Type::Number, Type::Number]),
    (Type::Number, "round($, $)", &[Type::Number, Type::Number]),
    (Type::Number, "-abs(floor($) + ceil($))", &[Type::Number, Type::Number]),
    (Type::Number, "size($) + size($)", &[Type::Text, Type::Other]),
    (Type::Number, "daysBetween($, $)", &[Type::Date, Type::Instant]),
    (Type::Number, "year($) + month($) + day($)", &[Type::Date, Type::Instant, Type::Date]),
    (Type::Text, "$ ? $ : $", &[Type::YesNo, Type::Text, Type::Text]),
    (Type::Text, "upper($) + lower(trim($))", &[Type::Text, Type::Text]),
    (Type::Text, "replace($, $, $)", &[Type::Text, Type::Text, Type::Text]),
    (Type::Text, "concat($, $, $, $)", &[Type::Text, Type::Number, Type::Date, Type::Instant]),
    (Type::YesNo, "$ && !($) || $", &[Type::YesNo, Type::YesNo, Type::YesNo]),
    (Type::YesNo, "$ <= $", &[Type::Number, Type::Number]),
    (Type::YesNo, "$ < $", &[Type::Instant, Type::Instant]),
    (Type::YesNo, "max($, $) != $", &[Type::Text, Type::Text, Type::Text]),
    (Type::YesNo, "$ in [$, null, $]", &[Type::Date, Type::Date, Type::Date]),
    (Type::YesNo, "$ in $", &[Type::Text, Type::Other]),
    (Type::YesNo, "$.contains($)", &[Type::Other, Type::Other]),
    (Type::YesNo, "$.startsWith($)", &[Type::Text, Type::Text]),
    (Type::YesNo, "isEmpty($) == $", &[Type::Other, Type::YesNo]),
    (Type::Date, "coalesce(date($), $)", &[Type::Text, Type::Date]),
    (Type::Date, "addMonths($, $)", &[Type::Date, Type::Number]),
    (Type::Instant, "addDays($, $)", &[Type::Instant, Type::Number]),
    (Type::Other, "$ ? $ : null", &[Type::YesNo, Type::Other]),
];

/// Formulas of a type, their types right all the way down.
fn typed(wanted: Type, depth: u32) -> BoxedStrategy<String> {
    let names = NAMES.iter().filter(|(_, found)| *found == wanted).map(|(name, _)| (*name).into());
    let leaf = select(names.chain(["null".to_owned()]).collect::<Vec<_>>()).boxed();
    if depth == 0 {
        return leaf;
    }
    let templates = TEMPLATES.iter().filter(|(found, ..)| *found == wanted);
    let branches = templates.map(|(_, template, types)| {
        let args: Vec<_> = types.iter().map(|found| typed(*found, depth - 1)).collect();
        args.prop_map(move |args| {
            args.iter().fold((*template).to_owned(), |filled, arg| {
                filled.replacen('$', &format!("({arg})"), 1)
            })
        })
        .boxed()
    });
    proptest::strategy::Union::new(branches.chain([leaf])).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_panics_the_parser(source in ".{0,60}") {
        let _ = Formula::parse(&source);
    }

    #[test]
    fn no_formula_panics_whatever_its_values(
        source in prop_oneof![soup(), formula()],
        mut record in record(),
        turn in 0..NAMES.len(),
    ) {
        // Turned by some places, the values have other types than their names say.
        record.rotate_left(turn);
        match Formula::parse(&source) {
            Ok(formula) => {
                let found = formula.eval(&|path| resolve(&record, path), &now());
                if let Err(error) = found {
                    prop_assert!(MESSAGES.iter().any(|(code, ..)| *code == error.code));
                }
            }
            Err(error) => prop_assert!(error.at <= source.chars().count()),
        }
    }

    #[test]
    fn a_formula_that_passes_the_check_has_its_type(
        source in prop_oneof![formula(), typed(Type::YesNo, 3), typed(Type::Number, 2)],
        record in record(),
    ) {
        // One that does not even read has a wrong date in it.
        let Ok(formula) = Formula::parse(&source) else { return Ok(()) };
        if let Ok(wanted) = formula.check(&type_of) {
            match formula.eval(&|path| resolve(&record, path), &now()) {
                Ok(value) => prop_assert!(Type::of(&value).is_none_or(|found| found == wanted)),
                Err(error) => prop_assert!(RANGE_CODES.contains(&error.code), "{source}: {error:?}"),
            }
        }
    }

    #[test]
    fn sums_of_products_agree_with_machine_arithmetic(
        terms in vec((any::<bool>(), vec(-999_i128..999, 1..5)), 1..8),
    ) {
        let mut source = "0".to_owned();
        let mut expected = 0_i128;
        for (plus, factors) in &terms {
            let factors_source: Vec<String> = factors.iter().map(ToString::to_string).collect();
            source += &format!(" {} {}", if *plus { '+' } else { '-' }, factors_source.join(" * "));
            let product: i128 = factors.iter().product();
            expected += if *plus { product } else { -product };
        }
        let value = Formula::parse(&source).unwrap().eval(&|_| Value::Null, &now()).unwrap();
        prop_assert_eq!(value, Value::Int(i64::try_from(expected).unwrap()));
    }
}
