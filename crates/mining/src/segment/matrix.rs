//! Current value against potential value: where each customer stands, and who has moved.

use crate::error::{Error, Result, all_finite, same_length};
use crate::text::Text;

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCell {
    /// Band of current value, 0 lowest.
    pub current: usize,
    /// Band of potential value, 0 lowest.
    pub potential: usize,
    /// Customers in it.
    pub customers: usize,
    /// Sum of their current value.
    pub value: f64,
    /// What to do with them.
    pub strategy: Text,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueMatrix {
    /// Bands per axis, 2 or 3.
    pub bands: usize,
    /// Cell index (current × bands + potential) per customer.
    pub cell_of: Vec<usize>,
    /// All cells, by index.
    pub cells: Vec<ValueCell>,
}

/// Places customers by two values; a band ends at each cut (1 cut: 2 × 2, 2 cuts: 3 × 3). Axes
/// are whatever the caller weighs together (Venkatesan and Kumar 2004 use lifetime value as the
/// potential axis).
///
/// # Errors
/// [`Error::Length`], [`Error::NotFinite`], [`Error::Empty`]; [`Error::Option`] unless each axis
/// has 1 or 2 ascending cuts, equally many.
pub fn value_matrix(
    current: &[f64],
    potential: &[f64],
    current_cuts: &[f64],
    potential_cuts: &[f64],
) -> Result<ValueMatrix> {
    same_length("potential values", current.len(), potential.len())?;
    all_finite("current value", current)?;
    all_finite("potential value", potential)?;
    if current.is_empty() {
        return Err(Error::Empty { what: "customers" });
    }
    let ascends = |c: &[f64]| (1..=2).contains(&c.len()) && c.windows(2).all(|w| w[0] < w[1]);
    if !ascends(current_cuts)
        || !ascends(potential_cuts)
        || current_cuts.len() != potential_cuts.len()
    {
        return Err(Error::Option { name: "cuts", need: "1 or 2 ascending numbers per axis" });
    }
    let bands = current_cuts.len() + 1;
    let band = |cuts: &[f64], v: f64| cuts.partition_point(|&c| c <= v);
    let mut cells: Vec<ValueCell> = (0..bands * bands)
        .map(|at| {
            let (current, potential) = (at / bands, at % bands);
            let strategy = strategy(current, potential, bands);
            ValueCell { current, potential, customers: 0, value: 0.0, strategy }
        })
        .collect();
    let cell_of: Vec<usize> = current
        .iter()
        .zip(potential)
        .map(|(&c, &p)| band(current_cuts, c) * bands + band(potential_cuts, p))
        .collect();
    for (&at, &value) in cell_of.iter().zip(current) {
        cells[at].customers += 1;
        cells[at].value += value;
    }
    Ok(ValueMatrix { bands, cell_of, cells })
}

fn strategy(current: usize, potential: usize, bands: usize) -> Text {
    let (high_now, high_later) = (current + 1 == bands, potential + 1 == bands);
    match (high_now, high_later) {
        (true, true) => Text::new("protect: best people, best terms", "重点保护：配备最佳资源"),
        (true, false) => {
            Text::new("keep: hold service, do not overspend", "稳定维持：保持服务、控制投入")
        }
        (false, true) => Text::new("grow: invest in cross-selling", "重点培育：加大交叉销售投入"),
        (false, false) if current + potential > 0 => {
            Text::new("develop: offers with low cost", "适度发展：低成本触达")
        }
        (false, false) => Text::new("serve at low cost", "低成本服务"),
    }
}

/// How many customers went from one cell to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Cell index before.
    pub from: usize,
    /// Cell index after.
    pub to: usize,
    /// Customers.
    pub customers: usize,
}

/// Movements between two matrices over the same customers in the same order, most first;
/// customers who stayed are included (from = to).
///
/// # Errors
/// [`Error::Length`] unless both have the same customers and bands.
pub fn movement(before: &ValueMatrix, after: &ValueMatrix) -> Result<Vec<Movement>> {
    same_length("customers", before.cell_of.len(), after.cell_of.len())?;
    same_length("bands", before.bands, after.bands)?;
    let mut counts = std::collections::BTreeMap::new();
    for pair in before.cell_of.iter().zip(&after.cell_of) {
        *counts.entry(pair).or_insert(0usize) += 1;
    }
    let mut out: Vec<Movement> = counts
        .into_iter()
        .map(|((&from, &to), customers)| Movement { from, to, customers })
        .collect();
    out.sort_by_key(|m| (usize::MAX - m.customers, m.from, m.to));
    Ok(out)
}
