//! Whether the world still looks as it did when the model was made.

use crate::error::Result;
use crate::frame::{Frame, MISSING, Schema, Values};
use crate::metrics::{psi_of_shares, quantile_cuts};
use crate::text::{Text, number};

/// Something has moved further than chance explains.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// `drift.input`, `drift.score` or `drift.base_rate`.
    pub code: &'static str,
    /// The column, for inputs.
    pub column: Option<String>,
    /// Population stability index; for the base rate, its distance in standard errors.
    pub size: f64,
    /// The alarm as a sentence.
    pub text: Text,
}

/// What inputs, scores and outcomes looked like at the start.
#[derive(Debug, Clone)]
pub struct Monitor {
    schema: Schema,
    inputs: Vec<Shape>,
    score: Shape,
    base_rate: f64,
}

#[derive(Debug, Clone)]
struct Shape {
    cuts: Vec<f64>,
    levels: Option<usize>,
    counts: Vec<f64>,
}

const BINS: usize = 10;
/// PSI from which a shift is called large (Siddiqi 2006).
const PSI_MIN: f64 = 0.25;

impl Shape {
    fn of(values: &Values) -> Self {
        let mut shape = match values {
            Values::Numeric(v) => {
                Self { cuts: quantile_cuts(v, BINS), levels: None, counts: Vec::new() }
            }
            Values::Category(c) => {
                Self { cuts: Vec::new(), levels: Some(c.levels().len()), counts: Vec::new() }
            }
        };
        shape.counts = shape.count(values);
        shape
    }

    fn count(&self, values: &Values) -> Vec<f64> {
        let bins = self.levels.unwrap_or(self.cuts.len() + 1);
        let mut counts = vec![0.0; bins + 1];
        match values {
            Values::Numeric(v) => v.iter().for_each(|&x| {
                let bin = self.cuts.partition_point(|&cut| cut < x);
                counts[if x.is_nan() { bins } else { bin.min(bins) }] += 1.0;
            }),
            Values::Category(c) => c.codes().iter().for_each(|&code| {
                counts[if code == MISSING { bins } else { (code as usize).min(bins) }] += 1.0;
            }),
        }
        counts
    }

    /// PSI if it is large and more than chance explains: under no shift it is about χ² with
    /// (bins − 1) degrees of freedom times (1/n + 1/m) (Yurdakul 2018).
    fn moved(&self, values: &Values) -> Result<Option<f64>> {
        let now = self.count(values);
        let psi = psi_of_shares(&self.counts, &now)?;
        let rows = |c: &[f64]| c.iter().sum::<f64>().max(1.0);
        let used = self.counts.iter().zip(&now).filter(|(a, b)| **a + **b > 0.0).count();
        let freedom = used.saturating_sub(1) as f64;
        let chance = (freedom + 3.1 * (2.0 * freedom).sqrt())
            * (1.0 / rows(&self.counts) + 1.0 / rows(&now));
        Ok((psi > PSI_MIN.max(chance)).then_some(psi))
    }
}

impl Monitor {
    /// Remembers how things look now: one probability per row of `frame`.
    ///
    /// # Errors
    /// [`crate::Error::Length`].
    pub fn learn(frame: &Frame, probability: &[f64], base_rate: f64) -> Result<Self> {
        crate::error::same_length("probabilities", frame.rows(), probability.len())?;
        Ok(Self {
            schema: Schema::of(frame),
            inputs: frame.columns().iter().map(|c| Shape::of(c.values())).collect(),
            score: Shape::of(&Values::Numeric(probability.to_vec())),
            base_rate,
        })
    }

    /// All that has moved: inputs and scores by PSI, the base rate by more than three standard
    /// errors of the later sample.
    ///
    /// # Errors
    /// As [`Schema::align`]; [`crate::Error::Length`]; [`crate::Error::Empty`].
    pub fn alarms(
        &self,
        frame: &Frame,
        probability: &[f64],
        outcomes: Option<&[bool]>,
    ) -> Result<Vec<Alarm>> {
        crate::error::same_length("probabilities", frame.rows(), probability.len())?;
        let frame = self.schema.align(frame)?;
        let mut alarms = Vec::new();
        for (column, shape) in frame.columns().iter().zip(&self.inputs) {
            if let Some(size) = shape.moved(column.values())? {
                let (name, psi) = (column.name(), number(size));
                let text = Text::new(
                    format!("{name} no longer looks as it did (PSI {psi})"),
                    format!("{name} 的分布已明显变化（PSI {psi}）"),
                );
                let column = Some(name.to_owned());
                alarms.push(Alarm { code: "drift.input", column, size, text });
            }
        }
        if let Some(size) = self.score.moved(&Values::Numeric(probability.to_vec()))? {
            let psi = number(size);
            let text = Text::new(
                format!("scores are spread differently (PSI {psi})"),
                format!("评分分布已明显变化（PSI {psi}）"),
            );
            alarms.push(Alarm { code: "drift.score", column: None, size, text });
        }
        if let Some(outcomes) = outcomes.filter(|o| !o.is_empty()) {
            let rate = outcomes.iter().filter(|&&y| y).count() as f64 / outcomes.len() as f64;
            let p = self.base_rate;
            let size = (rate - p) / (p * (1.0 - p) / outcomes.len() as f64).sqrt();
            if size.abs() > 3.0 {
                let (was, is) = (crate::text::percent(p), crate::text::percent(rate));
                let text = Text::new(
                    format!("the outcome happens in {is} of cases instead of {was}"),
                    format!("结果发生率由 {was} 变为 {is}"),
                );
                alarms.push(Alarm { code: "drift.base_rate", column: None, size, text });
            }
        }
        Ok(alarms)
    }
}
