//! Why a score is what it is, column by column, in words.

use super::Fitted;
use super::contender::log_odds;
use crate::error::Result;
use crate::frame::{Column, Frame, Schema};
use crate::text::Text;

/// One reason of one score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The column.
    pub column: String,
    /// Its value in this row, as people read it.
    pub value: String,
    /// How far it moves the score: in log odds, for a single tree in probability.
    pub effect: f64,
    /// The reason as a sentence.
    pub text: Text,
}

/// The `most` strongest reasons of each row. Linear and tree models are explained exactly
/// (Shapley values); networks by replacing one column after the other with typical values; a
/// blend by the mean of its members.
pub(super) fn reasons(
    model: &Fitted,
    background: &Frame,
    frame: &Frame,
    most: usize,
) -> Result<Vec<Vec<Reason>>> {
    let frame = Schema::of(background).align(frame)?;
    Ok(effects(model, background, &frame)?
        .into_iter()
        .enumerate()
        .map(|(row, effects)| {
            let mut order: Vec<usize> = (0..effects.len()).filter(|&j| effects[j] != 0.0).collect();
            order.sort_by(|&a, &b| effects[b].abs().total_cmp(&effects[a].abs()));
            order.truncate(most);
            order.into_iter().map(|j| reason(&frame.columns()[j], row, effects[j])).collect()
        })
        .collect())
}

/// Effect of every column on every row's score.
fn effects(model: &Fitted, background: &Frame, frame: &Frame) -> Result<Vec<Vec<f64>>> {
    Ok(match model {
        Fitted::Baseline(_) => vec![Vec::new(); frame.rows()],
        Fitted::Logistic(m) => m.contributions(frame)?,
        Fitted::Tree(m) => m.contributions(frame)?,
        Fitted::Boosted(m) => m.contributions(frame)?,
        Fitted::Neural(_) => by_replacement(model, background, frame)?,
        Fitted::Blend(members) => {
            let mut mean = vec![vec![0.0; frame.columns().len()]; frame.rows()];
            for member in members {
                let share = 1.0 / members.len() as f64;
                for (row, found) in mean.iter_mut().zip(effects(member, background, frame)?) {
                    row.iter_mut().zip(found).for_each(|(m, e)| *m += share * e);
                }
            }
            mean
        }
    })
}

fn reason(column: &Column, row: usize, effect: f64) -> Reason {
    let (name, value) = (column.name().to_owned(), column.display(row));
    let text = if effect > 0.0 {
        Text::new(format!("{name} = {value} raises it"), format!("{name} 为 {value}，提高可能性"))
    } else {
        Text::new(format!("{name} = {value} lowers it"), format!("{name} 为 {value}，降低可能性"))
    };
    Reason { column: name, value, effect, text }
}

/// Rows of the background used per column.
const TYPICAL_ROWS: usize = 8;

/// Log odds of the row less the mean log odds with the column taken from other rows.
fn by_replacement(model: &Fitted, background: &Frame, frame: &Frame) -> Result<Vec<Vec<f64>>> {
    let whole = model.probability(frame)?;
    let mut out = vec![vec![0.0; frame.columns().len()]; frame.rows()];
    let step = (background.rows() / TYPICAL_ROWS).max(1);
    let typical: Vec<usize> = (0..background.rows()).step_by(step).take(TYPICAL_ROWS).collect();
    for j in 0..frame.columns().len() {
        for &other in &typical {
            let from = background.columns()[j].take(&vec![other; frame.rows()]);
            let columns = frame.columns().iter().enumerate();
            let columns =
                columns.map(|(i, c)| if i == j { from.clone() } else { c.clone() }).collect();
            let changed = model.probability(&Frame::new(columns)?)?;
            for ((row, &p), &q) in out.iter_mut().zip(&whole).zip(&changed) {
                row[j] += (log_odds(p) - log_odds(q)) / typical.len() as f64;
            }
        }
    }
    Ok(out)
}
