//! One row of a file as typed values for every record it touches. It reads no database, so it runs beside the writing.

use formats::{Cell, DatePattern, Row};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use model::fields::Setting;
use model::{Field, Kind, Now, Problem, Value};
use serde_json::Value as Json;

use super::plan::{Given, Plan, Source};

/// A row as typed values.
#[derive(Debug, Clone, Default)]
pub struct ReadRow {
    /// The row, 1 for the first after the header.
    pub number: i64,
    /// Whether there is nothing in it.
    pub is_blank: bool,
    /// By node.
    pub nodes: Vec<NodeValues>,
    /// What is wrong with it so far, each naming its path.
    pub problems: Vec<Problem>,
}

/// What a row says of one record.
#[derive(Debug, Clone, Default)]
pub struct NodeValues {
    /// The position of the field and its value, empty ones too.
    pub fields: Vec<(usize, Value)>,
    /// The words that name the record or records.
    pub named: Vec<String>,
    /// Whether any cell of the file says something of it.
    pub is_told: bool,
}

/// Reads rows by one plan.
pub struct Reader<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Currency and country.
    pub setting: &'a Setting,
    /// The moment, and the time zone of times that name none.
    pub now: &'a Now,
}

impl Reader<'_> {
    /// The row's values, and everything that is wrong with its cells.
    pub fn read(&self, row: &Row) -> ReadRow {
        let number = i64::try_from(row.number).unwrap_or(i64::MAX);
        let mut read = ReadRow {
            number,
            is_blank: row.problems.is_empty() && row.is_blank(),
            ..ReadRow::default()
        };
        if read.is_blank {
            return read;
        }
        for problem in &row.problems {
            let column = problem.column().map_or_else(String::new, |column| column.to_string());
            let field = Some(column).filter(|column| !column.is_empty());
            read.problems.push(Problem { field, code: problem.code(), params: problem.params() });
        }
        for node in &self.plan.nodes {
            let mut values = NodeValues::default();
            for target in &node.fields {
                match self.value(&target.source, &node.object.fields[target.field], row) {
                    Ok(value) => {
                        values.is_told |= target.source.is_cell() && !value.is_empty();
                        values.fields.push((target.field, value));
                    }
                    Err(problem) => read.problems.push(problem.at(&target.source.path)),
                }
            }
            if let Some(source) = &node.named {
                match self.words(source, node.many, row) {
                    Ok(words) => {
                        values.is_told |= source.is_cell() && !words.is_empty();
                        values.named = words;
                    }
                    Err(problem) => read.problems.push(problem.at(&source.path)),
                }
            }
            read.nodes.push(values);
        }
        read
    }

    fn words(&self, source: &Source, many: bool, row: &Row) -> Result<Vec<String>, Problem> {
        let text = match &source.from {
            Given::Constant(value) => written(value),
            Given::Formula(formula) => self.formula(formula, row).map(|value| written(&value))?,
            Given::Column(index) => self.cell_text(source, row.cells.get(*index)),
        };
        if !many {
            return Ok(Some(text).filter(|text| !text.is_empty()).into_iter().collect());
        }
        let separator = source.list.as_deref().unwrap_or(";");
        let words = text.split(separator).map(str::trim).filter(|word| !word.is_empty());
        Ok(words.map(|word| translated(source, word).to_owned()).collect())
    }

    fn value(&self, source: &Source, field: &Field, row: &Row) -> Result<Value, Problem> {
        match &source.from {
            Given::Constant(value) => Ok(value.clone()),
            Given::Formula(formula) => {
                self.formula(formula, row).and_then(|value| self.fit(field, value))
            }
            Given::Column(index) => {
                let cell = row.cells.get(*index);
                let typed = match (cell, field.value_kind()) {
                    (Some(Cell::Date(day)), Kind::Date(_)) => Some(Value::Date(*day)),
                    (Some(Cell::DateTime(at)), Kind::Date(_)) => Some(Value::Date(at.date())),
                    (Some(Cell::DateTime(at)), Kind::Instant(_)) => Some(self.moment(*at)?),
                    (Some(Cell::Date(day)), Kind::Instant(_)) => {
                        Some(self.moment(day.to_datetime(Default::default()))?)
                    }
                    _ => None,
                };
                match typed {
                    Some(value) => Ok(value),
                    None => self.read_text(source, field, &self.cell_text(source, cell)),
                }
            }
        }
    }

    fn cell_text(&self, source: &Source, cell: Option<&Cell>) -> String {
        let text = cell.map(Cell::as_text).unwrap_or_default();
        let text = if source.trim { text.trim() } else { &text };
        if text.is_empty() {
            return source.empty.clone().unwrap_or_default();
        }
        translated(source, text).to_owned()
    }

    fn read_text(&self, source: &Source, field: &Field, text: &str) -> Result<Value, Problem> {
        if text.is_empty() {
            return Ok(Value::Null);
        }
        match (&field.kind, &source.date) {
            (Kind::Date(_), Some(pattern)) => {
                let day = pattern.date(text).ok_or_else(|| unreadable(pattern, text))?;
                Ok(Value::Date(day))
            }
            (Kind::Instant(_), Some(pattern)) => {
                let moment = pattern.moment(text).ok_or_else(|| unreadable(pattern, text))?;
                match moment.offset.and_then(|offset| offset.to_timestamp(moment.civil).ok()) {
                    Some(at) => Ok(Value::Instant(at)),
                    None => self.moment(moment.civil),
                }
            }
            (Kind::Instant(_), None) => self.plain_moment(field, text),
            (kind, _) if kind.is_set() && source.list.is_some() => {
                let separator = source.list.as_deref().unwrap_or(";");
                let words = text.split(separator).map(str::trim).filter(|word| !word.is_empty());
                let words: Vec<Json> =
                    words.map(|word| Json::from(translated(source, word))).collect();
                field.kind().read_json(&Json::Array(words), self.setting)
            }
            _ => field.kind().read_text(text, self.setting),
        }
    }

    /// A moment as it is usually written; without an offset it is of the firm's time zone.
    fn plain_moment(&self, field: &Field, text: &str) -> Result<Value, Problem> {
        if text.parse::<Timestamp>().is_err() {
            if let Ok(at) = text.parse::<DateTime>() {
                return self.moment(at);
            }
            if let Ok(day) = text.parse::<Date>() {
                return self.moment(day.to_datetime(Default::default()));
            }
        }
        field.kind().read_text(text, self.setting)
    }

    fn moment(&self, at: DateTime) -> Result<Value, Problem> {
        let zoned = at.to_zoned_datetime(self.now.zone.clone());
        let zoned = zoned.map_err(|_| Problem::new("instant_format").with("value", at))?;
        let micros = Timestamp::from_microsecond(zoned.timestamp().as_microsecond());
        micros.map(Value::Instant).map_err(|_| Problem::new("instant_format").with("value", at))
    }

    fn formula(&self, formula: &model::formula::Formula, row: &Row) -> Result<Value, Problem> {
        let resolve = |path: &[String]| -> Value {
            let index = path.get(1).and_then(|name| self.plan.names.get(name));
            let cell = index.and_then(|index| row.cells.get(*index));
            let text =
                cell.map(|cell| cell.as_text().trim().to_owned()).filter(|text| !text.is_empty());
            text.into()
        };
        let wrong = |error: model::formula::FormulaError| Problem {
            field: None,
            code: error.code,
            params: error.params,
        };
        formula.eval(&resolve, self.now).map_err(wrong)
    }

    /// The value of a formula as the field takes it.
    fn fit(&self, field: &Field, value: Value) -> Result<Value, Problem> {
        match (value, field.value_kind()) {
            (Value::Null, _) => Ok(Value::Null),
            (Value::Date(day), Kind::Instant(_)) => Ok(Value::Instant(self.now.start_of(day))),
            (Value::Instant(at), Kind::Date(_)) => Ok(Value::Date(self.now.day_of(at))),
            (value @ Value::Date(_), Kind::Date(_))
            | (value @ Value::Instant(_), Kind::Instant(_)) => Ok(value),
            (Value::Bool(yes), Kind::YesNo(_)) => Ok(Value::Bool(yes)),
            (value, Kind::Instant(_)) => self.plain_moment(field, &written(&value)),
            (value, _) => {
                let text = written(&value);
                if text.is_empty() {
                    Ok(Value::Null)
                } else {
                    field.kind().read_text(&text, self.setting)
                }
            }
        }
    }
}

fn translated<'a>(source: &'a Source, text: &'a str) -> &'a str {
    source.translate.get(text).map_or(text, String::as_str)
}

fn unreadable(pattern: &DatePattern, text: &str) -> Problem {
    Problem::new("date_pattern").with("value", text).with("pattern", pattern)
}

/// A value as it would stand in a cell.
pub fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Any(object, id) => format!("{object}:{id}"),
        Value::Null | Value::Ids(_) | Value::Texts(_) => String::new(),
    }
}
