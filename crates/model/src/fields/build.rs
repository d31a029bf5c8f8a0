//! Short constructors with which declarations read like a table: `money("amount", "Amount", "金额")`.

use super::{
    AnyLink, AutoNumber, Choice, DateKind, DecimalKind, Duration, Email, Field, FormulaKind,
    Instant, Kind, Link, LinkKind, Links, LongText, ManyChoices, Money, Number, Opt, Percent,
    Phone, RollupKind, Text, Url, YesNo, text_kinds,
};
use crate::rollup::{Rollup, RollupFn};

/// One line of text.
pub fn text(name: &str, en: &str, zh: &str) -> Field {
    let chars_max = text_kinds::TEXT_CHARS_MAX;
    Field::new(name, Kind::Text(Text { chars_max, is_name: false, is_code: false }), en, zh)
}

/// The name of a person or a firm: found by pinyin and initials.
pub fn name(name: &str, en: &str, zh: &str) -> Field {
    let kind = Text { chars_max: 200, is_name: true, is_code: false };
    Field::new(name, Kind::Text(kind), en, zh).search()
}

/// A code that people or other systems give.
pub fn code(name: &str, en: &str, zh: &str) -> Field {
    let kind = Text { chars_max: 100, is_name: false, is_code: true };
    Field::new(name, Kind::Text(kind), en, zh)
}

/// Several lines of text.
pub fn long_text(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::LongText(LongText), en, zh)
}

/// An e-mail address.
pub fn email(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Email(Email), en, zh).search()
}

/// A phone number.
pub fn phone(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Phone(Phone), en, zh).search()
}

/// A web address.
pub fn url(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Url(Url), en, zh)
}

/// A whole number.
pub fn number(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Number(Number::default()), en, zh)
}

/// A whole number from `min` to `max`.
pub fn number_within(name: &str, min: i64, max: i64, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Number(Number { min: Some(min), max: Some(max) }), en, zh)
}

/// An exact decimal with `scale` digits after the point.
pub fn decimal(name: &str, scale: u32, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Decimal(DecimalKind { scale }), en, zh)
}

/// An amount in the firm's currency.
pub fn money(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Money(Money), en, zh)
}

/// A percentage of at most 100 %.
pub fn percent(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Percent(Percent { max: Some(100) }), en, zh)
}

/// A calendar day.
pub fn date(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Date(DateKind), en, zh)
}

/// A moment.
pub fn instant(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Instant(Instant), en, zh)
}

/// A length of time.
pub fn duration(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Duration(Duration), en, zh)
}

/// Yes or no; no unless said.
pub fn yes_no(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::YesNo(YesNo), en, zh).default(false)
}

/// One of `options`.
pub fn choice(name: &str, en: &str, zh: &str, options: impl IntoIterator<Item = Opt>) -> Field {
    Field::new(name, Kind::Choice(Choice { options: options.into_iter().collect() }), en, zh)
}

/// Several of `options`.
pub fn many_choices(
    name: &str,
    en: &str,
    zh: &str,
    options: impl IntoIterator<Item = Opt>,
) -> Field {
    let options = options.into_iter().collect();
    Field::new(name, Kind::ManyChoices(ManyChoices { options }), en, zh)
}

/// A link to a record of `target`.
pub fn link(name: &str, target: &str, en: &str, zh: &str) -> Field {
    let kind = Link { target: target.to_owned(), kind: LinkKind::Link, owned_by: false };
    Field::new(name, Kind::Link(kind), en, zh)
}

/// A link to the record this one is a part of: it goes to the recycle bin with it.
pub fn part_of(name: &str, target: &str, en: &str, zh: &str) -> Field {
    let kind = Link { target: target.to_owned(), kind: LinkKind::Link, owned_by: true };
    Field::new(name, Kind::Link(kind), en, zh).required()
}

/// A link to a user.
pub fn person(name: &str, en: &str, zh: &str) -> Field {
    let kind = Link { target: "user".to_owned(), kind: LinkKind::Person, owned_by: false };
    Field::new(name, Kind::Link(kind), en, zh)
}

/// The person responsible; the one who writes unless said.
pub fn owner() -> Field {
    person("owner", "Owner", "负责人").default_actor()
}

/// Links to several records of `target`.
pub fn links(name: &str, target: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::Links(Links { target: target.to_owned(), tags: false }), en, zh)
}

/// Tags.
pub fn tags() -> Field {
    Field::new("tags", Kind::Links(Links { target: "tag".to_owned(), tags: true }), "Tags", "标签")
}

/// A link to a record of any object.
pub fn any_link(name: &str, en: &str, zh: &str) -> Field {
    Field::new(name, Kind::AnyLink(AnyLink), en, zh)
}

/// A number given by the system: `prefix` (`{year}` becomes the year) and a counter.
pub fn auto_number(name: &str, prefix: &str, en: &str, zh: &str) -> Field {
    let kind = AutoNumber { prefix: prefix.to_owned(), digits: 5 };
    Field::new(name, Kind::AutoNumber(kind), en, zh).unique().search()
}

/// A value derived by `expression`, of the kind of the field `result`.
pub fn formula(result: Field, expression: &str) -> Field {
    let kind =
        FormulaKind { expression: expression.to_owned(), result: Box::new(result.kind.clone()) };
    Field { kind: Kind::Formula(kind), default: None, ..result }
}

/// A value derived from children, of the kind of the field `result`; a count or sum of none is zero.
pub fn rollup(result: Field, rollup: Rollup) -> Field {
    let zero = match (rollup.function, &result.kind) {
        (RollupFn::Count, _) => Some(super::Default::Value(0i64.into())),
        (RollupFn::Sum, Kind::Number(_)) => Some(super::Default::Value(0i64.into())),
        (RollupFn::Sum, _) => Some(super::Default::Value(rust_decimal::Decimal::ZERO.into())),
        _ => None,
    };
    let kind = RollupKind { rollup, result: Box::new(result.kind.clone()) };
    Field { kind: Kind::Rollup(kind), default: zero, ..result }
}

/// The fields of a postal address, country first.
pub fn address_fields() -> Vec<Field> {
    vec![
        text("country", "Country", "国家/地区").indexed(),
        text("region", "State / province", "省/州"),
        text("city", "City", "城市").indexed(),
        text("district", "District", "区/县"),
        text("street", "Street", "街道地址"),
        code("postcode", "Postcode", "邮编"),
    ]
}
