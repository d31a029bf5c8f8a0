//! The special functions these models need.

/// ln Γ(x) for x > 0 (Lanczos 1964, with Godfrey's coefficients for g = 7; error below 1e-14).
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let sum = C[1..].iter().zip(1..).fold(C[0], |s, (c, i)| s + c / (x + f64::from(i)));
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// Gauss's hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its series (Abramowitz and
/// Stegun 1964, 15.1.1); near 1 after Euler's transformation (15.3.3) when that is faster.
pub(crate) fn hyp2f1(a: f64, b: f64, c: f64, z: f64) -> f64 {
    if z > 0.5 && c - a - b < 0.0 {
        let rest = series(c - a, c - b, c, z);
        return (1.0 - z).powf(c - a - b) * rest;
    }
    series(a, b, c, z)
}

/// ln ₂F₁(a, b; a + 1; z) for 0 ≤ z < 1 and 0 < b < a + 1: Euler's transformation (Abramowitz and
/// Stegun 1964, 15.3.3) leaves ₂F₁(1, a + 1 − b; a + 1; z), whose continued fraction converges
/// quickly all the way.
pub(crate) fn ln_hyp2f1_next(a: f64, b: f64, z: f64) -> f64 {
    (1.0 - b) * (-z).ln_1p() + fraction(a + 1.0 - b, a + 1.0, z).ln()
}

/// ₂F₁(1, b; c; z) by Gauss's continued fraction (Cuyt et al. 2008, "Handbook of continued
/// fractions for special functions", 15.3.7), which converges where the series crawls.
fn fraction(b: f64, c: f64, z: f64) -> f64 {
    let (mut numerators, mut denominators) = ((1.0, 1.0), (0.0, 1.0));
    let mut last = 1.0;
    for k in 1..20_000 {
        let n = f64::from(k / 2);
        let d = if k % 2 == 1 {
            -(b + n) * (c - 1.0 + n) / ((c + 2.0 * n - 1.0) * (c + 2.0 * n))
        } else {
            -n * (c - b + n - 1.0) / ((c + 2.0 * n - 2.0) * (c + 2.0 * n - 1.0))
        };
        // At c = 1 the first coefficient is 0 / 0; its limit is −b/c.
        let d = if k == 1 { -b / c } else { d } * z;
        let next = (numerators.1 + d * numerators.0, denominators.1 + d * denominators.0);
        let scale = 1.0 / next.1.abs().max(1e-280);
        numerators = (numerators.1 * scale, next.0 * scale);
        denominators = (denominators.1 * scale, next.1 * scale);
        let value = denominators.1 / numerators.1;
        if (value - last).abs() <= 1e-14 * value.abs() {
            return value;
        }
        last = value;
    }
    last
}

fn series(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 0..20_000 {
        let k = f64::from(k);
        term *= (a + k) * (b + k) / ((c + k) * (k + 1.0)) * z;
        sum += term;
        if term.abs() < 1e-14 * sum.abs() {
            break;
        }
    }
    sum
}

/// Upper tail of the standard normal, P(Z > z) (Abramowitz and Stegun 1964, 26.2.17 is too
/// coarse; this is W. J. Cody's erfc by continued fraction and series).
pub(crate) fn normal_tail(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    gamma_q(0.5, z * z / 2.0) / 2.0
}

/// Upper tail of χ² with `freedom` degrees of freedom.
pub(crate) fn chi_square_tail(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_q(freedom / 2.0, x / 2.0) }
}

/// Regularised upper incomplete gamma function Q(a, x) (Abramowitz and Stegun 1964, 6.5.29 and
/// 6.5.31 as a continued fraction by Lentz's method).
fn gamma_q(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..1000 {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..1000 {
        let n = f64::from(n);
        let an = -n * (n - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / if d.abs() < tiny { tiny } else { d };
        c = b + an / c;
        c = if c.abs() < tiny { tiny } else { c };
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * h).clamp(0.0, 1.0)
}

/// The z with P(Z < z) = p, by bisection on [`normal_tail`].
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if 1.0 - normal_tail(middle) < p { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((ln_gamma(0.5) - 0.572_364_942_924_700_1).abs() < 1e-12);
        assert!((ln_gamma(10.0) - 362_880f64.ln()).abs() < 1e-11);
        // ₂F₁(1, 1; 2; z) = −ln(1 − z)/z.
        for z in [0.1, 0.5, 0.9] {
            assert!((hyp2f1(1.0, 1.0, 2.0, z) + (1.0 - z).ln() / z).abs() < 1e-10, "{z}");
        }
        for z in [0.75, 0.99, 0.999_999] {
            let (got, want) = (fraction(1.0, 2.0, z), -(1.0 - z).ln() / z);
            assert!((got / want - 1.0).abs() < 1e-11, "{z}: {got} {want}");
            let (got, want) = (fraction(0.7, 3.2, z), series(1.0, 0.7, 3.2, z));
            assert!((got / want - 1.0).abs() < 1e-6, "{z}: {got} {want}");
        }
        assert!((normal_tail(1.959_963_985) - 0.025).abs() < 1e-9);
        assert!((normal_quantile(0.975) - 1.959_963_985).abs() < 1e-8);
        assert!((chi_square_tail(3.841_458_8, 1.0) - 0.05).abs() < 1e-8);
    }
}
