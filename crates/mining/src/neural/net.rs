//! One network with two hidden layers, its gradients and its training.

use super::NeuralOptions;
use crate::error::Result;
use crate::rng::Rng;
use crate::run::Run;

const BATCH_ROWS: usize = 64;

/// What is learnt, one per row: an outcome with the log loss, or an amount (of mean 0 and
/// deviation 1) with the squared error.
pub(super) enum Goal<'a> {
    Outcomes(&'a [bool]),
    Amounts(&'a [f32]),
}

impl Goal<'_> {
    fn rows(&self) -> usize {
        match self {
            Self::Outcomes(y) => y.len(),
            Self::Amounts(y) => y.len(),
        }
    }

    /// Derivative of a row's loss by the score; for the squared error half of it.
    fn slope(&self, row: usize, score: f32) -> f32 {
        match self {
            Self::Outcomes(y) => 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(y[row])),
            Self::Amounts(y) => score - y[row],
        }
    }

    fn loss(&self, row: usize, score: f32) -> f64 {
        match self {
            Self::Outcomes(y) => {
                crate::metrics::row_log_loss(y[row], crate::linear::sigmoid(f64::from(score)))
            }
            Self::Amounts(y) => f64::from(score - y[row]).powi(2),
        }
    }
}

/// A dense layer; weights are inputs × outputs, row after row, then one bias per output.
#[derive(Debug, Clone)]
struct Layer {
    inputs: usize,
    outputs: usize,
    w: Vec<f32>,
    grad: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Layer {
    fn new(inputs: usize, outputs: usize, rng: &mut Rng) -> Self {
        let spread = (2.0 / inputs.max(1) as f64).sqrt();
        let mut w: Vec<f32> =
            (0..inputs * outputs).map(|_| (rng.normal() * spread) as f32).collect();
        w.resize((inputs + 1) * outputs, 0.0);
        let zero = vec![0.0; w.len()];
        Self { inputs, outputs, w, grad: zero.clone(), first: zero.clone(), second: zero }
    }

    fn forward(&self, x: &[f32], out: &mut [f32]) {
        out.copy_from_slice(&self.w[self.inputs * self.outputs..]);
        for (&xi, w) in x.iter().zip(self.w.chunks_exact(self.outputs)) {
            if xi != 0.0 {
                out.iter_mut().zip(w).for_each(|(o, w)| *o += xi * w);
            }
        }
    }

    /// Adds the gradient for one row; with `back`, also the gradient of the layer's input.
    fn backward(&mut self, x: &[f32], delta: &[f32], back: Option<&mut [f32]>) {
        for (&xi, g) in x.iter().zip(self.grad.chunks_exact_mut(self.outputs)) {
            if xi != 0.0 {
                g.iter_mut().zip(delta).for_each(|(g, d)| *g += xi * d);
            }
        }
        let bias = self.inputs * self.outputs;
        self.grad[bias..].iter_mut().zip(delta).for_each(|(g, d)| *g += d);
        if let Some(back) = back {
            for (b, w) in back.iter_mut().zip(self.w.chunks_exact(self.outputs)) {
                *b = w.iter().zip(delta).map(|(w, d)| w * d).sum();
            }
        }
    }

    fn step(&mut self, rows: f32, rate: f32, decay: f32, time: i32) {
        let (fix1, fix2) = (1.0 - 0.9f32.powi(time), 1.0 - 0.999f32.powi(time));
        let bias = self.inputs * self.outputs;
        let moments = self.first.iter_mut().zip(self.second.iter_mut());
        for (i, ((w, g), (m, v))) in self.w.iter_mut().zip(&mut self.grad).zip(moments).enumerate()
        {
            let gradient = *g / rows;
            *m += 0.1 * (gradient - *m);
            *v += 0.001 * (gradient * gradient - *v);
            let shrink = if i < bias { decay * *w } else { 0.0 };
            *w -= rate * ((*m / fix1) / ((*v / fix2).sqrt() + 1e-8) + shrink);
            *g = 0.0;
        }
    }
}

/// The layers, and room for what flows between them.
#[derive(Debug, Clone)]
pub(super) struct Net {
    layers: [Layer; 3],
}

fn relu(v: &mut [f32]) {
    v.iter_mut().for_each(|v| *v = v.max(0.0));
}

impl Net {
    fn flow(&self, x: &[f32], one: &mut [f32], two: &mut [f32]) -> f32 {
        self.layers[0].forward(x, one);
        relu(one);
        self.layers[1].forward(one, two);
        relu(two);
        let mut out = [0.0];
        self.layers[2].forward(two, &mut out);
        out[0]
    }

    /// What comes out for a row: log odds, or an amount in deviations from the mean.
    pub fn score(&self, x: &[f32]) -> f64 {
        let mut one = vec![0.0; self.layers[0].outputs];
        let mut two = vec![0.0; self.layers[1].outputs];
        f64::from(self.flow(x, &mut one, &mut two))
    }
}

/// Trains on nine rows in ten and keeps the weights that were best on the tenth.
pub(super) fn train(
    x: &[f32],
    width: usize,
    goal: &Goal<'_>,
    options: &NeuralOptions,
    rng: &mut Rng,
    run: &Run<'_>,
) -> Result<Net> {
    let [h1, h2] = options.hidden;
    let layers = [Layer::new(width, h1, rng), Layer::new(h1, h2, rng), Layer::new(h2, 1, rng)];
    let mut net = Net { layers };
    let mut order: Vec<usize> = (0..goal.rows()).collect();
    rng.shuffle(&mut order);
    let held = order.split_off(order.len() - order.len() / 10);
    let mut best = (f64::INFINITY, net.clone(), 0);
    let (mut one, mut two) = (vec![0.0; h1], vec![0.0; h2]);
    let (mut back2, mut back1) = (vec![0.0; h2], vec![0.0; h1]);
    let mut time = 0;
    for epoch in 0..options.epochs_max {
        run.check()?;
        rng.shuffle(&mut order);
        for batch in order.chunks(BATCH_ROWS) {
            for &row in batch {
                let input = &x[row * width..(row + 1) * width];
                let z = net.flow(input, &mut one, &mut two);
                let delta = [goal.slope(row, z)];
                net.layers[2].backward(&two, &delta, Some(&mut back2));
                back2.iter_mut().zip(&two).for_each(|(b, &v)| *b *= f32::from(u8::from(v > 0.0)));
                net.layers[1].backward(&one, &back2, Some(&mut back1));
                back1.iter_mut().zip(&one).for_each(|(b, &v)| *b *= f32::from(u8::from(v > 0.0)));
                net.layers[0].backward(input, &back1, None);
            }
            time += 1;
            let (rate, decay) = (options.learning_rate as f32, options.decay as f32);
            net.layers.iter_mut().for_each(|l| l.step(batch.len() as f32, rate, decay, time));
        }
        let mut loss = 0.0;
        for &row in &held {
            let z = net.flow(&x[row * width..(row + 1) * width], &mut one, &mut two);
            loss += goal.loss(row, z);
        }
        if loss < best.0 || held.is_empty() {
            best = (loss, net.clone(), epoch);
        } else if epoch >= best.2 + options.patience {
            break;
        }
    }
    Ok(best.1)
}
