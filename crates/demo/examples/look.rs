//! Prints counts, some records of each object and the answer sheet of a demo firm.
//! `cargo run --release -p demo --example look -- [scale] [zh|en] [today]`

use std::collections::BTreeMap;
use std::time::Instant;

use demo::{Language, Options, generate};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let scale = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(1.0);
    let language =
        if arguments.next().as_deref() == Some("en") { Language::En } else { Language::Zh };
    let today = arguments.next().and_then(|a| a.parse().ok());
    let today = today.unwrap_or(jiff::civil::date(2026, 11, 23));
    let start = Instant::now();
    let firm = generate(&Options { seed: 7, scale, language, today });
    let made = start.elapsed();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for record in firm.records() {
        let count = counts.entry(record.object).or_default();
        *count += 1;
        if *count == 40 || *count == 3 {
            shown.push(record);
        }
    }
    println!("simulated in {made:?}, with records in {:?}", start.elapsed());
    for record in shown {
        println!(
            "\n{} {} {:?} {} {:?}",
            record.object, record.key, record.step, record.created_at, record.author
        );
        for (name, value) in &record.fields {
            println!("    {name}: {value:?}");
        }
    }
    println!("\n{counts:#?} total {}", counts.values().sum::<usize>());
    println!("\n{}", firm.truths().to_markdown());
}
