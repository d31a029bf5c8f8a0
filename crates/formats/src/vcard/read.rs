//! Reads vCard 2.1, 3.0 and 4.0, one card after another.

use super::VCARD_COLUMNS;
use super::text::{Property, is_soft_broken, joined_name, name_of, parse, parts, plain};
use crate::cell::{Cell, Row};
use crate::csv::read::check_text;
use crate::error::FormatError;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::problem::Problem;
use crate::table::{Dialect, Opened, Rows, Text};
use jiff::civil::Date;
use std::io::Read;

/// What is read of a card; anything else, photos above all, is not even kept.
const WANTED: [&str; 11] =
    ["FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "URL", "NOTE", "BDAY", "CATEGORIES"];

pub(crate) fn open(text: Text, dialect: Dialect) -> Result<Opened, FormatError> {
    let limits = text.limits;
    let lines = Lines::new(text.read()?, limits.line_bytes_max);
    Ok(Opened {
        headers: VCARD_COLUMNS.map(str::to_owned).to_vec(),
        sheets: vec![],
        dialect: Some(dialect),
        rows: Box::new(CardRows { lines, limits, begun: false }),
    })
}

struct CardRows {
    lines: Lines<Box<dyn Read + Send>>,
    limits: Limits,
    /// The last line read was the BEGIN of the next card.
    begun: bool,
}

/// A card as it is collected: its unfolded lines and what was wrong with them.
#[derive(Default)]
struct Card {
    lines: Vec<String>,
    bytes: usize,
    /// Whether the line before was kept, so that what continues it is kept too.
    keeping: bool,
    problems: Vec<Problem>,
}

impl Rows for CardRows {
    fn next_row(&mut self) -> Result<Option<Row>, FormatError> {
        let Some((line, card)) = self.card()? else { return Ok(None) };
        let mut row = Row { line, problems: card.problems, ..Row::default() };
        let properties: Vec<Property> = card.lines.iter().filter_map(|line| parse(line)).collect();
        row.cells = cells(&properties);
        for (index, cell) in row.cells.iter_mut().enumerate() {
            if let Cell::Text(text) = cell {
                let text = std::mem::take(text);
                *cell = Cell::text(check_text(text, index + 1, &self.limits, &mut row.problems));
            }
        }
        Ok(Some(row))
    }

    fn skip_row(&mut self) -> Result<bool, FormatError> {
        Ok(self.card()?.is_some())
    }
}

impl CardRows {
    /// The next card and the line where it begins.
    fn card(&mut self) -> Result<Option<(u64, Card)>, FormatError> {
        let mut outside = None;
        while !std::mem::take(&mut self.begun) {
            if !self.lines.advance()? {
                return Ok(outside.map(|line| (line, Card::failed(Problem::CardMissing))));
            }
            let text = String::from_utf8_lossy(self.lines.text());
            self.begun = is_begin(&text);
            if self.begun && outside.is_some() {
                break;
            }
            if !self.begun && !text.trim().is_empty() {
                outside.get_or_insert(self.lines.number());
            }
        }
        if let Some(line) = outside {
            return Ok(Some((line, Card::failed(Problem::CardMissing))));
        }
        let begin = self.lines.number();
        let mut card = Card::default();
        loop {
            if !self.lines.advance()? {
                card.problems.push(Problem::CardUnclosed);
                return Ok(Some((begin, card)));
            }
            let text = String::from_utf8_lossy(self.lines.text());
            if is_begin(&text) {
                card.problems.push(Problem::CardUnclosed);
                self.begun = true;
                return Ok(Some((begin, card)));
            }
            if text.trim_end().eq_ignore_ascii_case("END:VCARD") {
                return Ok(Some((begin, card)));
            }
            card.take(&text, self.lines.is_too_long(), self.limits.line_bytes_max);
        }
    }
}

impl Card {
    fn failed(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    /// Adds one physical line: a new property, or the rest of the one before.
    fn take(&mut self, text: &str, too_long: bool, bytes_max: usize) {
        let soft_broken =
            self.keeping && self.lines.last().is_some_and(|line| is_soft_broken(line));
        let folded = text.starts_with([' ', '\t']);
        if !soft_broken && !folded {
            self.keeping = WANTED.contains(&name_of(text).as_str());
        }
        if !self.keeping || text.is_empty() {
            return;
        }
        self.bytes += text.len();
        if too_long || self.bytes > bytes_max {
            self.keeping = false;
            let problem = Problem::LineTooLong { bytes_max };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
            return;
        }
        match self.lines.last_mut() {
            Some(last) if soft_broken => {
                last.pop();
                last.push_str(text.trim_start());
            }
            Some(last) if folded => last.push_str(&text[1..]),
            _ if folded => {}
            _ => self.lines.push(text.to_owned()),
        }
    }
}

fn is_begin(line: &str) -> bool {
    line.trim_end().trim_start_matches('\u{feff}').eq_ignore_ascii_case("BEGIN:VCARD")
}

/// The cells in the order of [`VCARD_COLUMNS`].
fn cells(properties: &[Property]) -> Vec<Cell> {
    let of = |name: &'static str| properties.iter().filter(move |property| property.name == name);
    let first = |name| of(name).map(|property| plain(&property.value)).next().unwrap_or_default();
    let structured = |name| {
        let mut values = of(name).next().map(|found| parts(&found.value, ';')).unwrap_or_default();
        values.resize(values.len().max(7), String::new());
        values
    };
    let name = structured("N");
    let organization = structured("ORG");
    let address = structured("ADR");
    let full_name = match first("FN") {
        full_name if full_name.trim().is_empty() => joined_name(&name[0], &name[1]),
        full_name => full_name,
    };
    let emails = preferred_first(of("EMAIL"));
    let (phone, mobile) = phones(&preferred_first(of("TEL")));
    let street = [&address[0], &address[1], &address[2]].map(|part| part.trim());
    let street: Vec<&str> = street.into_iter().filter(|part| !part.is_empty()).collect();
    let notes: Vec<String> = of("NOTE").map(|note| plain(&note.value)).collect();
    let categories: Vec<String> = of("CATEGORIES")
        .flat_map(|property| parts(&property.value, ','))
        .map(|category| category.trim().to_owned())
        .filter(|category| !category.is_empty())
        .collect();
    let email =
        |index: usize| emails.get(index).map(|email| plain(&email.value)).unwrap_or_default();
    let text = |text: String| Cell::text(text.trim());
    vec![
        text(full_name),
        text(name[0].clone()),
        text(name[1].clone()),
        text(organization[0].clone()),
        text(organization[1].clone()),
        text(first("TITLE")),
        text(email(0)),
        text(email(1)),
        text(phone),
        text(mobile),
        text(street.join(" ")),
        text(address[3].clone()),
        text(address[4].clone()),
        text(address[5].clone()),
        text(address[6].clone()),
        text(first("URL")),
        text(notes.join("\n")),
        birthday(first("BDAY").trim()),
        if categories.is_empty() { Cell::Empty } else { Cell::List(categories) },
    ]
}

fn preferred_first<'a>(properties: impl Iterator<Item = &'a Property>) -> Vec<&'a Property> {
    let mut properties: Vec<_> = properties.collect();
    properties.sort_by_key(|property| !property.types.iter().any(|kind| kind == "pref"));
    properties
}

/// The phone and the mobile number.
fn phones(numbers: &[&Property]) -> (String, String) {
    let is = |property: &Property, kinds: &[&str]| {
        property.types.iter().any(|kind| kinds.contains(&kind.as_str()))
    };
    let number = |property: &&Property| plain(property.value.trim_start_matches("tel:"));
    let (cells, others): (Vec<&Property>, Vec<&Property>) =
        numbers.iter().partition(|property| is(property, &["cell", "mobile", "iphone"]));
    let phone = others.iter().find(|property| !is(property, &["fax", "pager"])).or(cells.get(1));
    (phone.map(number).unwrap_or_default(), cells.first().map(number).unwrap_or_default())
}

fn birthday(text: &str) -> Cell {
    let day = text.split(['T', ' ']).next().unwrap_or_default().replace('-', "");
    let date = (day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| {
            let part = |from, to| day[from..to].parse().ok();
            Date::new(day[..4].parse().ok()?, part(4, 6)?, part(6, 8)?).ok()
        })
        .flatten();
    date.map_or_else(|| Cell::text(text), Cell::Date)
}
