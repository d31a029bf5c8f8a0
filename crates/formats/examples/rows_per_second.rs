//! Reads a file, then writes it in every kind, and tells how many rows a second: `rows_per_second FILE`.

use formats::{Kind, Options, Row, WriteOptions, Writer, open};
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let table = || open(BufReader::new(File::open(&path)?), &Options::named(path.as_str()));
    let begun = Instant::now();
    let opened = table()?;
    println!("open   {:>10.0} ms  {:?}", begun.elapsed().as_secs_f64() * 1e3, opened.dialect());
    let headers = opened.headers().to_vec();
    report("count", begun, opened.count_rows()?);
    let begun = Instant::now();
    let (mut rows, mut with_problems) = (0, 0);
    for row in table()? {
        rows += 1;
        with_problems += u64::from(!row?.problems.is_empty());
    }
    report("read", begun, rows);
    println!("{with_problems} rows with problems");
    let rows: Vec<Row> = table()?.take(200_000).collect::<Result<_, _>>()?;
    for kind in [Kind::Csv, Kind::JsonLines, Kind::Xlsx] {
        let begun = Instant::now();
        let mut bytes = Vec::new();
        let mut writer = Writer::new(kind, &mut bytes, &headers, &WriteOptions::default())?;
        for row in &rows {
            writer.write(&row.cells)?;
        }
        report(kind.extension(), begun, writer.finish()?.rows);
        let begun = Instant::now();
        report("  read", begun, open(Cursor::new(bytes), &Options::default())?.count() as u64);
    }
    Ok(())
}

fn report(what: &str, begun: Instant, rows: u64) {
    let seconds = begun.elapsed().as_secs_f64();
    println!("{what:<7} {rows:>10} rows in {seconds:.2} s: {:.0} rows/s", rows as f64 / seconds);
}
