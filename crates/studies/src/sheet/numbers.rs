//! Numbers as people write them: with currency signs, thousands and decimal commas.

use super::TextColumn;
use mining::Text;

/// Share of the known cells that must be numbers for a column to be one of numbers; the others
/// then count as missing.
const SHARE_MIN: f64 = 0.95;
/// Largest size of a number, and the inverse of the least.
const LARGEST: f64 = 1e100;

/// A column read as numbers: one per row, NaN where blank or no number, with a note when some
/// cells were no numbers. `None` unless at least 95 % of the cells that are not blank are numbers.
#[must_use]
pub fn numbers(column: &TextColumn) -> Option<(Vec<f64>, Option<Text>)> {
    let mut rows = vec![0usize; column.values.len()];
    column.codes.iter().for_each(|&c| rows[c as usize] += 1);
    let blank = column.blanks();
    let known: usize = rows.iter().zip(&blank).filter(|(_, b)| !**b).map(|(r, _)| r).sum();
    let read = |comma: bool| -> (Vec<f64>, usize) {
        let of_value: Vec<f64> = column
            .values
            .iter()
            .zip(&blank)
            .map(|(v, &b)| if b { f64::NAN } else { number(v, comma).unwrap_or(f64::NAN) })
            .collect();
        let good = of_value.iter().zip(&rows).filter(|(v, _)| !v.is_nan()).map(|(_, r)| r).sum();
        (of_value, good)
    };
    let (mut of_value, mut good) = read(false);
    if good < known {
        let other = read(true);
        if other.1 > good {
            (of_value, good) = other;
        }
    }
    if good == 0 || (good as f64) < SHARE_MIN * known as f64 {
        return None;
    }
    let note = (good < known).then(|| {
        let (bad, name) = (known - good, &column.name);
        Text::new(
            format!("{bad} cells of {name} are no numbers and count as missing"),
            format!("{name} 列有 {bad} 个单元格不是数字，按缺失处理"),
        )
    });
    Some((column.codes.iter().map(|&c| of_value[c as usize]).collect(), note))
}

/// One number. Signs of currency, a percent sign and spaces do not matter; a percentage keeps its
/// unit (12 % is 12). Thousands may be parted by commas, or, with `comma` as the decimal mark, by
/// points. Infinities, NaN and what lies beyond ±10¹⁰⁰ are no numbers, because nobody can count
/// so much and sums of it overflow; what is nearer to 0 than 10⁻¹⁰⁰ is 0.
#[must_use]
pub fn number(text: &str, comma: bool) -> Option<f64> {
    let plain = |t: &str| {
        let x = t.parse::<f64>().ok().filter(|x| x.abs() <= LARGEST)?;
        Some(if x.abs() < 1.0 / LARGEST { 0.0 } else { x })
    };
    let wordy = text.bytes().any(|b| b.is_ascii_alphabetic() && !matches!(b, b'e' | b'E'));
    if let (false, false, Some(x)) = (comma, wordy, plain(text)) {
        return Some(x);
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || "¥￥$€£%元".contains(c));
    let (sign, text) = match text.strip_prefix('-').or_else(|| text.strip_prefix('−')) {
        Some(rest) => (-1.0, rest.trim_start_matches(|c: char| "¥￥$€£ ".contains(c))),
        None => (1.0, text),
    };
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let (decimal, thousand) = if comma { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = match text.split_once(decimal) {
        Some((w, f)) => (w, Some(f)),
        None => (text, None),
    };
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split([thousand, ' ', '\u{a0}', '\u{202f}']).collect();
    let grouped = groups.len() == 1
        || (groups[0].len() <= 3
            && !groups[0].is_empty()
            && groups[1..].iter().all(|g| g.len() == 3));
    let fraction_fine = fraction.is_none_or(digits);
    if !grouped || !groups.iter().all(|g| digits(g)) || !fraction_fine {
        return None;
    }
    plain(&format!("{}.{}", groups.concat(), fraction.unwrap_or("0"))).map(|x| sign * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, comma: bool, want: Option<f64>) {
        assert_eq!(number(text, comma), want, "{text}");
    }

    #[test]
    fn numbers_are_read_as_written() {
        check("12.5", false, Some(12.5));
        check("1e3", false, Some(1000.0));
        check("1,234.50", false, Some(1234.5));
        check("¥ 1,234", false, Some(1234.0));
        check("-$5", false, Some(-5.0));
        check("12 %", false, Some(12.0));
        check("12,5", false, None);
        check("12,5", true, Some(12.5));
        check("1.234,5", true, Some(1234.5));
        check("1 234,5", true, Some(1234.5));
        check("inf", false, None);
        check("1e308", false, None);
        check("1e-320", false, Some(0.0));
        check("NaN", false, None);
        check("1-2", false, None);
        check("三", false, None);
        check("", false, None);
        check(".5", false, Some(0.5));
    }

    #[test]
    fn a_column_is_numbers_when_nearly_all_cells_are() {
        let column = |cells: Vec<String>| {
            let rows: Vec<Vec<String>> = cells.into_iter().map(|c| vec![c]).collect();
            super::super::Sheet::from_rows(&["x"], &rows).expect("one column").columns.remove(0)
        };
        let mut cells: Vec<String> = (0..99).map(|i| i.to_string()).collect();
        cells.push("twelve".to_owned());
        let (values, note) = numbers(&column(cells.clone())).expect("numbers");
        assert!(values[99].is_nan() && note.is_some());
        cells.extend((0..20).map(|i| format!("word {i}")));
        assert!(numbers(&column(cells)).is_none());
    }
}
