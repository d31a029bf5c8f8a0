//! Cells of a grid, darker where more.

use super::{WIDE, words};
use mining::Text;

const SIDE: f64 = 130.0;

/// The picture and its height; row 0 is at the bottom.
pub fn grid(
    columns: &[Text],
    rows: &[Text],
    axes: &(Text, Text),
    cells: &[Vec<(f64, Vec<Text>)>],
) -> (f64, String) {
    let lines = cells.iter().flatten().map(|c| c.1.len()).max().unwrap_or(1) as f64;
    let height = 24.0 + lines * 17.0;
    let width = (WIDE - SIDE - 10.0) / columns.len().max(1) as f64;
    let top = 30.0;
    let mut out = words(&axes.1, 4.0, 16.0, "start", "axis", SIDE);
    for (place, (name, row)) in rows.iter().zip(cells).rev().enumerate() {
        let y = top + place as f64 * height;
        out += &words(name, SIDE - 10.0, y + height / 2.0 + 4.0, "end", "label", SIDE - 14.0);
        for (column, (shade, lines)) in row.iter().enumerate() {
            let x = SIDE + column as f64 * width;
            let depth = 6.0 + 50.0 * shade.clamp(0.0, 1.0);
            out += &format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"4\" class=\"cell\" style=\"--depth:{depth:.0}%\"/>",
                x + 1.5,
                y + 1.5,
                width - 3.0,
                height - 3.0
            );
            let first = y + height / 2.0 + 4.0 - (lines.len() as f64 - 1.0) * 8.5;
            for (at, line) in lines.iter().enumerate() {
                let y = first + at as f64 * 17.0;
                out += &words(line, x + width / 2.0, y, "middle", "value", width - 8.0);
            }
        }
    }
    let bottom = top + rows.len() as f64 * height;
    for (column, name) in columns.iter().enumerate() {
        let x = SIDE + (column as f64 + 0.5) * width;
        out += &words(name, x, bottom + 18.0, "middle", "label", width - 4.0);
    }
    out += &words(&axes.0, SIDE + (WIDE - SIDE) / 2.0, bottom + 38.0, "middle", "axis", 300.0);
    (bottom + 46.0, out)
}
