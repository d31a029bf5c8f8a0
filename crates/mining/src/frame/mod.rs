//! Columns of numbers and categories, all of one length, with missing values.

mod column;
mod design;
mod infer;

pub use column::{Category, Column, MISSING, Values};
pub use design::{Design, DesignOptions};
pub(crate) use design::{Entries, moments};
pub use infer::infer_column;

use crate::error::{Error, Result};
use std::borrow::Cow;

/// A table: named columns of equal length. Rows are counted from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    columns: Vec<Column>,
    rows: usize,
}

impl Frame {
    /// Columns of one length with different names.
    ///
    /// # Errors
    /// [`Error::Length`] or [`Error::DuplicateColumn`].
    pub fn new(columns: Vec<Column>) -> Result<Self> {
        let rows = columns.first().map_or(0, Column::len);
        let mut names = std::collections::HashSet::new();
        for column in &columns {
            crate::error::same_length("rows of a column", rows, column.len())?;
            if !names.insert(column.name()) {
                return Err(Error::DuplicateColumn { name: column.name().to_owned() });
            }
        }
        Ok(Self { columns, rows })
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.name() == name)
    }

    /// The given rows, in the given order; a row may be taken twice.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        Self { columns: self.columns.iter().map(|c| c.take(rows)).collect(), rows: rows.len() }
    }

    /// The rows of several frames of numbers, one frame after the other.
    ///
    /// # Errors
    /// [`Error::Empty`] without frames; [`Error::UnknownColumn`] or [`Error::ColumnKind`] unless
    /// all have the columns of the first, and only numbers.
    pub fn stacked(frames: &[Self]) -> Result<Self> {
        let first = frames.first().ok_or(Error::Empty { what: "rows" })?;
        let mut columns = Vec::with_capacity(first.columns.len());
        for name in first.columns.iter().map(Column::name) {
            let mut all = Vec::with_capacity(frames.iter().map(Self::rows).sum());
            for frame in frames {
                match frame.column(name).map(Column::values) {
                    Some(Values::Numeric(v)) => all.extend_from_slice(v),
                    Some(Values::Category(_)) => {
                        return Err(Error::ColumnKind { name: name.to_owned(), need: "numbers" });
                    }
                    None => return Err(Error::UnknownColumn { name: name.to_owned() }),
                }
            }
            columns.push(Column::numeric(name, all));
        }
        Self::new(columns)
    }

    /// The columns for which `keep` holds.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&Column) -> bool) -> Self {
        let columns = self.columns.iter().filter(|c| keep(c)).cloned().collect();
        Self { columns, rows: self.rows }
    }
}

/// What a model learnt about its columns, so that later data can be brought into the same form.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    columns: Vec<(String, Option<Vec<String>>)>,
}

impl Schema {
    /// Names, kinds and levels of a frame's columns.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let columns = frame
            .columns()
            .iter()
            .map(|c| match c.values() {
                Values::Numeric(_) => (c.name().to_owned(), None),
                Values::Category(v) => (c.name().to_owned(), Some(v.levels().to_vec())),
            })
            .collect();
        Self { columns }
    }

    /// Names of the columns, in the model's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The levels of a categorical column.
    #[must_use]
    pub fn levels(&self, column: usize) -> Option<&[String]> {
        self.columns.get(column).and_then(|(_, levels)| levels.as_deref())
    }

    /// The frame's columns in the model's order and with the model's level codes; levels the
    /// model never saw become missing, further columns are ignored.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`] or [`Error::ColumnKind`].
    pub fn align<'a>(&self, frame: &'a Frame) -> Result<Cow<'a, Frame>> {
        if Self::of(frame) == *self {
            return Ok(Cow::Borrowed(frame));
        }
        let mut columns = Vec::with_capacity(self.columns.len());
        for (name, levels) in &self.columns {
            let column =
                frame.column(name).ok_or_else(|| Error::UnknownColumn { name: name.clone() })?;
            columns.push(column.recoded(levels.as_deref())?);
        }
        Ok(Cow::Owned(Frame { columns, rows: frame.rows }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_data_is_brought_into_the_models_form() {
        let train =
            Frame::new(vec![Column::category("c", [Some("a"), Some("b")]).expect("few levels")])
                .expect("one column");
        let later = Frame::new(vec![
            Column::numeric("x", vec![1.0, 2.0, 3.0]),
            Column::category("c", [Some("b"), Some("z"), None]).expect("few levels"),
        ])
        .expect("equal lengths");
        let aligned = Schema::of(&train).align(&later).expect("column c exists");
        assert_eq!(aligned.columns().len(), 1);
        let Values::Category(c) = aligned.columns()[0].values() else { panic!("kind") };
        assert_eq!(c.codes(), &[1, MISSING, MISSING]);
    }

    #[test]
    fn unequal_lengths_and_double_names_are_refused() {
        let x = |n: usize| Column::numeric("x", vec![0.0; n]);
        assert_eq!(
            Frame::new(vec![x(1), x(1)]).map_err(|e| e.code()),
            Err("mining.duplicate_column")
        );
        let y = Column::numeric("y", vec![]);
        assert_eq!(Frame::new(vec![x(1), y]).map_err(|e| e.code()), Err("mining.length"));
    }
}
