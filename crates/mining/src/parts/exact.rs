//! Sums in fixed point, which do not depend on order.

/// One over the unit that numbers are rounded to before they are added.
const PER_UNIT: f64 = (1u64 << 60) as f64;
/// Largest size of a number that can be added; 2²⁷ such numbers do not overflow.
pub(super) const LARGEST: f64 = (1u64 << 40) as f64;

/// Σ x of numbers up to 2⁴⁰ in size, each rounded to a multiple of 2⁻⁶⁰.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Exact(i128);

impl Exact {
    /// Adds a number; what is larger than [`LARGEST`] is taken as that.
    pub fn add(&mut self, x: f64) {
        self.0 += (x.clamp(-LARGEST, LARGEST) * PER_UNIT) as i128;
    }

    pub fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }

    pub fn value(self) -> f64 {
        self.0 as f64 / PER_UNIT
    }
}

/// `count` sums of nothing.
pub(super) fn zeros(count: usize) -> Vec<Exact> {
    vec![Exact::default(); count]
}

/// Adds `other` to `all`, place by place.
pub(super) fn merge(all: &mut [Exact], other: &[Exact]) {
    all.iter_mut().zip(other).for_each(|(a, b)| a.merge(*b));
}
