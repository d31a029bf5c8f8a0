//! Public data sets of real size. They lie in a folder `shared/data` beside the workspace, or where
//! `GUANXI_DATA` says; where they are absent these tests say so and check nothing.

use formats::{Cell, Kind, Options, Row, Table, WriteOptions, Writer, detect};
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::PathBuf;

fn file(name: &str) -> Option<BufReader<File>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder =
        std::env::var_os("GUANXI_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = File::open(folder.join(name)).ok();
    if file.is_none() {
        println!("ABSENT: {name} is not in {}; nothing was checked", folder.display());
    }
    file.map(BufReader::new)
}

fn table(name: &str) -> Option<Table> {
    Some(formats::open(file(name)?, &Options::named(name)).unwrap())
}

#[test]
fn online_retail() {
    let Some(table) = table("online_retail.csv.gz") else { return };
    assert_eq!(table.headers().len(), 8);
    let (mut rows, mut with_problems) = (0_u64, 0_u64);
    for row in table {
        let row = row.unwrap();
        rows += 1;
        with_problems += u64::from(!row.problems.is_empty());
        assert_eq!((row.number, row.cells.len()), (rows, 8));
    }
    assert_eq!((rows, with_problems), (541_909, 0));
}

#[test]
fn counting_and_resuming_online_retail() {
    let name = "online_retail.csv.gz";
    let Some(counted) = table(name) else { return };
    assert_eq!(counted.count_rows().unwrap(), 541_909);
    let (Some(mut resumed), Some(whole)) = (table(name), table(name)) else { return };
    resumed.skip_rows(100_000).unwrap();
    let expected: Vec<Row> = whole.skip(100_000).take(100).map(Result::unwrap).collect();
    assert_eq!(resumed.sample(100).unwrap(), expected);
}

#[test]
fn crm_sales_opportunities() {
    for (name, columns, rows) in [
        ("accounts.csv", 7, 85),
        ("products.csv", 3, 7),
        ("sales_pipeline.csv", 10, 8_800),
        ("sales_teams.csv", 3, 35),
    ] {
        let Some(table) = table(&format!("crm_sales_opportunities/{name}")) else { return };
        assert_eq!(table.headers().len(), columns, "{name}");
        let read: Vec<Row> = table.map(Result::unwrap).collect();
        assert_eq!(read.len(), rows, "{name}");
        assert!(read.iter().all(|row| row.problems.is_empty()), "{name}");
    }
}

#[test]
fn the_pipeline_survives_every_kind() {
    let Some(table) = table("crm_sales_opportunities/sales_pipeline.csv") else { return };
    let headers = table.headers().to_vec();
    let rows: Vec<Vec<Cell>> = table.map(|row| row.unwrap().cells).collect();
    let dates: Vec<_> = rows.iter().map(|row| row[5].as_text().into_owned()).collect();
    let dates: Vec<_> = dates.iter().map(String::as_str).collect();
    assert_eq!(detect(&dates).unwrap().pattern.to_string(), "dd-mm-yy");
    for kind in [Kind::Csv, Kind::Xlsx, Kind::JsonLines] {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(kind, &mut bytes, &headers, &WriteOptions::default()).unwrap();
        rows.iter().for_each(|row| writer.write(row).unwrap());
        writer.finish().unwrap();
        let options = Options { strip_guard: true, ..Options::default() };
        let again = formats::open(Cursor::new(bytes), &options).unwrap();
        assert_eq!((again.kind(), again.headers()), (kind, &headers[..]));
        let again: Vec<_> = again.map(|row| row.unwrap().cells).collect();
        assert!(again == rows, "{kind:?}");
    }
}
