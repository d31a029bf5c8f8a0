//! Files as the world has them at its worst: made from small good ones by seeded mutation.

use mining::Run;
use mining::rng::Rng;
use std::panic::{AssertUnwindSafe, catch_unwind};
use studies::show::{csv, html, json, terminal};
use studies::{Input, Kind, Language, STUDIES, Settings, Sheet, study};

/// One file, one study, some settings.
#[derive(Debug)]
pub struct Case {
    pub study: &'static str,
    pub bytes: Vec<u8>,
    pub settings: Vec<(&'static str, String)>,
}

const HEADERS: [&str; 14] = [
    "customer", "date", "amount", "invoice", "item", "quantity", "price", "churn", "stage",
    "source", "tenure", "客户", "x", "",
];
const CELLS: [&str; 34] = [
    "",
    "NA",
    "-",
    "0",
    "1",
    "2",
    "3.5",
    "-7",
    "1e308",
    "-1e308",
    "1e-320",
    "NaN",
    "inf",
    "1,234",
    "12,5",
    "¥99",
    "yes",
    "no",
    "Yes",
    "won",
    "lost",
    "2024-01-01",
    "2024-02-30",
    "2024-03-15",
    "2150-12-31",
    "01/02/03",
    "0001-01-01",
    "20240101",
    "客户甲",
    "=1+1",
    "\"",
    "a\u{0}b",
    "\u{feff}",
    "a very long text that goes on and on",
];

/// A file of plausible shape with a share of hostile cells; now and then its bytes are broken.
pub fn case(seed: u64) -> Case {
    let mut rng = Rng::new(seed);
    let any = STUDIES[rng.below(STUDIES.len())];
    let columns = 1 + rng.below(8);
    let rows = [0, 1, 2, 7, 40, 160][rng.below(6)];
    let hostile = [0.0, 0.05, 0.3, 1.0][rng.below(4)];
    let headers: Vec<&str> = (0..columns).map(|_| HEADERS[rng.below(HEADERS.len())]).collect();
    let mut lines = vec![headers.join(";")];
    for row in 0..rows {
        let mut cells: Vec<String> = headers.iter().map(|h| good(h, row, &mut rng)).collect();
        for cell in &mut cells {
            if rng.uniform() < hostile {
                *cell = CELLS[rng.below(CELLS.len())].to_owned();
            }
        }
        if rng.uniform() < 0.02 {
            cells.pop();
        }
        lines.push(cells.join(";"));
    }
    let mut bytes = lines.join("\n").into_bytes();
    if rng.uniform() < 0.2 && !bytes.is_empty() {
        for _ in 0..1 + rng.below(10) {
            let at = rng.below(bytes.len());
            match rng.below(3) {
                0 => bytes[at] = rng.bits() as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, rng.bits() as u8),
            }
            if bytes.is_empty() {
                break;
            }
        }
    }
    let mut settings = Vec::new();
    for setting in any.settings() {
        if rng.uniform() < 0.1 {
            settings.push((setting.name, value(setting.kind, &headers, &mut rng)));
        }
    }
    Case { study: any.name, bytes, settings }
}

/// A cell as it should be.
fn good(header: &str, row: usize, rng: &mut Rng) -> String {
    match header {
        "customer" | "客户" => format!("c{}", rng.below(12)),
        "date" => format!("2023-{:02}-{:02}", 1 + rng.below(12), 1 + rng.below(28)),
        "amount" | "price" | "x" => format!("{:.2}", rng.exponential(0.1)),
        "invoice" => format!("i{}", row / 3),
        "item" => format!("p{}", rng.below(6)),
        "quantity" | "tenure" => rng.below(9).to_string(),
        "churn" => ["yes", "no"][rng.below(2)].to_owned(),
        "stage" => ["new", "offer", "won"][rng.below(3)].to_owned(),
        _ => ["web", "fair", "friend"][rng.below(3)].to_owned(),
    }
}

fn value(kind: Kind, headers: &[&str], rng: &mut Rng) -> String {
    let header = headers[rng.below(headers.len())].to_owned();
    match kind {
        Kind::Column | Kind::Columns => header,
        Kind::Number | Kind::Whole => {
            ["0", "1", "3", "0.5", "-1", "1e9", "x"][rng.below(7)].to_owned()
        }
        Kind::Numbers => ["1,2", "2,1", "0.1", "a", "1,1"][rng.below(5)].to_owned(),
        Kind::Day => ["2023-06-01", "1800-01-01", "never"][rng.below(3)].to_owned(),
        Kind::Text => ["yes", "tree", "c1", ""][rng.below(4)].to_owned(),
        Kind::Choice(words) => words[rng.below(words.len())].to_owned(),
        Kind::Flag => "true".to_owned(),
    }
}

/// Reads the file and does the study; gives the code of a refusal. Reports are shown in every
/// way, and hold to their promises.
pub fn done(case: &Case) -> Option<String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| work(case)));
    outcome.unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(&case.bytes);
        panic!("a panic in {} with {:?} on:\n{text}", case.study, case.settings)
    })
}

fn work(case: &Case) -> Option<String> {
    let run = Run { seed: 1, ..Run::default() };
    let mut settings = Settings::new();
    case.settings.iter().for_each(|(name, value)| settings.set(name, value.clone()));
    let lists = settings.flag("list");
    let options = formats::Options { header: !lists, ..formats::Options::named("file.csv") };
    let open = || formats::open(std::io::Cursor::new(case.bytes.clone()), &options).ok();
    let Some(table) = open() else { return Some("file".to_owned()) };
    let read = if lists { Sheet::read_lists(table, &run) } else { Sheet::read(table, &run) };
    let sheet = match read {
        Ok(sheet) => sheet,
        Err(refusal) => return refused(&refusal),
    };
    let study = study(case.study).expect("the case names a study");
    let second = study.compares.then_some(&sheet);
    let input =
        Input { sheet: &sheet, second, settings: &settings, source: "file.csv", today: 20_000.0 };
    let report = match study.run(&input, &run) {
        Ok(report) => report,
        Err(refusal) => return refused(&refusal),
    };
    for table in &report.tables {
        assert!(table.rows.iter().all(|r| r.len() == table.headings.len()), "{}", table.key);
    }
    for language in [Language::En, Language::Zh] {
        let page = html(&report, language);
        assert!(whole(&page), "broken coordinates");
        assert!(!terminal(&report, language).is_empty());
        csv(&report, language, std::io::sink()).expect("a sink takes all");
    }
    assert!(json(&report).is_object());
    if let Some(code) = &report.refused {
        let told = report.sentences.iter().any(|s| s.tone.name() == "refusal");
        assert!(told, "{code} is refused without a reason");
    }
    report.refused
}

/// No tag holds a coordinate that is no number; texts of the data may say anything.
fn whole(page: &str) -> bool {
    let tags = page.split('<').map(|t| t.split('>').next().unwrap_or_default());
    let mut drawn = tags.filter(|t| {
        ["line ", "rect ", "path ", "circle ", "text "].iter().any(|name| t.starts_with(name))
    });
    drawn.all(|t| !t.contains("NaN") && !t.contains("inf"))
}

fn refused(refusal: &studies::Refusal) -> Option<String> {
    assert!(!refusal.why.en.is_empty() && !refusal.why.zh.is_empty(), "{refusal:?}");
    Some(refusal.code.clone())
}
