//! The list of studies, and what each of them is given.

mod again;
mod amounts;
mod basket_rules;
mod clusters;
mod columns;
mod drift;
mod drivers;
mod funnel;
mod hierarchy;
mod lifetime;
mod matrix;
mod next_order;
mod orders;
mod pareto;
mod predict;
mod rfm;
mod sources;
mod suggest;
mod survival;
mod trend;

use crate::refusal::Result;
use crate::report::{Report, Value};
use crate::roles::{Role, guess, no_such, unknown};
use crate::settings::{Setting, Settings};
use crate::sheet::{Sheet, TextColumn};
use mining::{Run, Text};

/// What a study works on.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The data.
    pub sheet: &'a Sheet,
    /// A second file, for studies that compare.
    pub second: Option<&'a Sheet>,
    /// What was set.
    pub settings: &'a Settings,
    /// Name of the data, for people.
    pub source: &'a str,
    /// Today as days since 1970-01-01, as the caller's clock has it.
    pub today: f64,
}

impl<'a> Input<'a> {
    /// The column for a role: as set, or by its name.
    ///
    /// # Errors
    /// A named column that does not exist.
    pub(crate) fn maybe(&self, role: Role) -> Result<Option<&'a TextColumn>> {
        match self.settings.text(role.setting()) {
            Some(name) => self.named(name).map(Some),
            None => Ok(guess(self.sheet, role)),
        }
    }

    /// The column for a role, without which the study cannot be done.
    ///
    /// # Errors
    /// No such column.
    pub(crate) fn column(&self, role: Role) -> Result<&'a TextColumn> {
        self.maybe(role)?.ok_or_else(|| unknown(self.sheet, role))
    }

    /// The column of that name.
    ///
    /// # Errors
    /// No such column.
    pub(crate) fn named(&self, name: &str) -> Result<&'a TextColumn> {
        self.sheet.column(name).ok_or_else(|| no_such(self.sheet, name))
    }

    /// The day from which dates lie in the future, wherever on earth the data were written.
    pub(crate) fn tomorrow(&self) -> f64 {
        self.today + 2.0
    }

    /// The true names of the columns that a setting lists.
    ///
    /// # Errors
    /// No such column.
    pub(crate) fn listed(&self, setting: &str) -> Result<Vec<&'a TextColumn>> {
        self.settings.list(setting).iter().map(|name| self.named(name)).collect()
    }
}

/// A study: its name, what it answers and what it can be told.
#[derive(Debug, Clone, Copy)]
pub struct Study {
    /// Stable name, as on the command line.
    pub name: &'static str,
    /// Title, English and Chinese.
    pub title: (&'static str, &'static str),
    /// What it answers, English and Chinese.
    pub about: (&'static str, &'static str),
    /// What it can be told, in groups.
    pub settings: &'static [&'static [Setting]],
    /// Whether it compares with a second file.
    pub compares: bool,
    work: fn(&Input<'_>, &Run<'_>, &mut Report) -> Result<()>,
}

impl Study {
    /// Does the study.
    ///
    /// # Errors
    /// Data or settings that do not allow it, each with what would help; the wish to stop. A
    /// study that refuses to publish for honesty's sake is no error but a report that says so.
    pub fn run(&self, input: &Input<'_>, run: &Run<'_>) -> Result<Report> {
        let mut report = Report {
            study: self.name.to_owned(),
            title: Text::new(self.title.0, self.title.1),
            source: input.source.to_owned(),
            rows: input.sheet.rows,
            ..Report::default()
        };
        if input.sheet.rows == 0 {
            return Err(crate::Refusal::no_rows());
        }
        for note in &input.sheet.notes {
            report.warning(note.en.as_str(), note.zh.as_str());
        }
        (self.work)(input, run, &mut report)?;
        let card = |key, en: &str, zh: &str, value| crate::report::Figure {
            key,
            label: Text::new(en, zh),
            value,
        };
        report.card.insert(0, card("rows", "rows read", "读取行数", Value::Count(report.rows)));
        report.card.push(card("seed", "seed", "随机种子", Value::Raw(run.seed.to_string())));
        let version = Value::Raw(format!("guanxi {}", env!("CARGO_PKG_VERSION")));
        report.card.push(card("version", "version", "版本", version));
        report.card.push(card("date", "done on", "完成日期", Value::Day(input.today)));
        Ok(report)
    }

    /// All its settings.
    pub fn settings(&self) -> impl Iterator<Item = &'static Setting> {
        self.settings.iter().flat_map(|group| group.iter())
    }
}

/// All studies, in the order in which people meet them.
pub const STUDIES: [Study; 18] = [
    rfm::STUDY,
    matrix::STUDY,
    clusters::STUDY,
    hierarchy::STUDY,
    pareto::STUDY,
    predict::STUDY,
    amounts::STUDY,
    again::STUDY,
    drift::STUDY,
    basket_rules::STUDY,
    suggest::STUDY,
    lifetime::STUDY,
    next_order::STUDY,
    survival::STUDY,
    funnel::STUDY,
    trend::STUDY,
    drivers::STUDY,
    sources::STUDY,
];

/// The study of that name.
#[must_use]
pub fn study(name: &str) -> Option<&'static Study> {
    STUDIES.iter().find(|s| s.name == name)
}

/// All columns of a sheet but those in `without`, as a model takes them.
pub(crate) fn model_frame(
    sheet: &Sheet,
    without: &[&str],
    report: &mut Report,
) -> Result<mining::Frame> {
    let origin = columns::origin(sheet);
    Ok(columns::frame(sheet, without, &[], origin, report)?.0)
}

/// Every row of a sheet as one basket.
pub(crate) fn listed_baskets(sheet: &Sheet) -> Result<mining::basket::Baskets> {
    Ok(basket_rules::of_lists(sheet)?.baskets)
}
