//! One named column of numbers or of categories.

use crate::error::{Error, Result};
use std::collections::{BTreeSet, HashMap};

/// The code of a missing category.
pub const MISSING: u32 = u32::MAX;

/// Most levels a categorical column may have.
pub const LEVELS_MAX: usize = 1_000_000;

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; NaN is missing. Infinities are taken as missing, too.
    Numeric(Vec<f64>),
    /// Categories.
    Category(Category),
}

/// Categories as codes into a sorted list of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    codes: Vec<u32>,
    levels: Vec<String>,
}

impl Category {
    /// One code per row: an index into `levels`, or [`MISSING`].
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The names of the levels, sorted.
    #[must_use]
    pub fn levels(&self) -> &[String] {
        &self.levels
    }
}

/// A named column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    name: String,
    values: Values,
}

impl Column {
    /// A column of numbers. NaN and infinities count as missing.
    #[must_use]
    pub fn numeric(name: impl Into<String>, mut values: Vec<f64>) -> Self {
        for v in &mut values {
            if !v.is_finite() {
                *v = f64::NAN;
            }
        }
        Self { name: name.into(), values: Values::Numeric(values) }
    }

    /// A column of categories; `None` is missing. Levels are sorted, so their codes do not
    /// depend on the order of rows.
    ///
    /// # Errors
    /// [`Error::TooLarge`] with more than [`LEVELS_MAX`] levels.
    pub fn category<'a>(
        name: impl Into<String>,
        values: impl IntoIterator<Item = Option<&'a str>>,
    ) -> Result<Self> {
        let values: Vec<Option<&str>> = values.into_iter().collect();
        let levels: BTreeSet<&str> = values.iter().flatten().copied().collect();
        if levels.len() > LEVELS_MAX {
            return Err(Error::TooLarge {
                what: "levels of a column",
                have: levels.len(),
                max: LEVELS_MAX,
            });
        }
        let code: HashMap<&str, u32> = levels.iter().copied().zip(0u32..).collect();
        let codes = values.iter().map(|v| v.map_or(MISSING, |v| code[v])).collect();
        let levels = levels.into_iter().map(str::to_owned).collect();
        Ok(Self { name: name.into(), values: Values::Category(Category { codes, levels }) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its values.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Numeric(v) => v.len(),
            Values::Category(c) => c.codes.len(),
        }
    }

    /// True without rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        match &self.values {
            Values::Numeric(v) => v.iter().filter(|x| x.is_nan()).count(),
            Values::Category(c) => c.codes.iter().filter(|&&c| c == MISSING).count(),
        }
    }

    /// How many different values occur, not counting missing.
    #[must_use]
    pub fn distinct(&self) -> usize {
        match &self.values {
            Values::Numeric(v) => {
                let mut seen: Vec<u64> =
                    v.iter().filter(|x| !x.is_nan()).map(|x| (x + 0.0).to_bits()).collect();
                seen.sort_unstable();
                seen.dedup();
                seen.len()
            }
            Values::Category(c) => {
                let mut seen = vec![false; c.levels.len()];
                c.codes.iter().filter(|&&c| c != MISSING).for_each(|&c| seen[c as usize] = true);
                seen.iter().filter(|&&s| s).count()
            }
        }
    }

    /// The value in a row as people read it; `–` when missing.
    #[must_use]
    pub fn display(&self, row: usize) -> String {
        match &self.values {
            Values::Numeric(v) => crate::text::number(v[row]),
            Values::Category(c) => {
                c.levels.get(c.codes[row] as usize).cloned().unwrap_or_else(|| "–".to_owned())
            }
        }
    }

    pub(crate) fn take(&self, rows: &[usize]) -> Self {
        let values = match &self.values {
            Values::Numeric(v) => Values::Numeric(rows.iter().map(|&r| v[r]).collect()),
            Values::Category(c) => Values::Category(Category {
                codes: rows.iter().map(|&r| c.codes[r]).collect(),
                levels: c.levels.clone(),
            }),
        };
        Self { name: self.name.clone(), values }
    }

    /// The column with the level codes of a model; `None` means the model learnt numbers.
    pub(crate) fn recoded(&self, levels: Option<&[String]>) -> Result<Self> {
        let wrong = |need| Error::ColumnKind { name: self.name.clone(), need };
        match (&self.values, levels) {
            (Values::Numeric(_), None) => Ok(self.clone()),
            (Values::Category(c), Some(levels)) => {
                let known: HashMap<&str, u32> =
                    levels.iter().map(String::as_str).zip(0u32..).collect();
                let map: Vec<u32> = c
                    .levels
                    .iter()
                    .map(|l| known.get(l.as_str()).copied().unwrap_or(MISSING))
                    .collect();
                let codes = c
                    .codes
                    .iter()
                    .map(|&code| map.get(code as usize).copied().unwrap_or(MISSING))
                    .collect();
                let values = Values::Category(Category { codes, levels: levels.to_vec() });
                Ok(Self { name: self.name.clone(), values })
            }
            (_, None) => Err(wrong("numbers")),
            (_, Some(_)) => Err(wrong("categories")),
        }
    }
}
