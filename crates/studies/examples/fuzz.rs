//! Throws mutated files at every study until the time is over or one panics:
//! `cargo run --release -p studies --example fuzz -- [--seconds 60] [--from 0]`.

#[path = "../tests/hostile/mutate.rs"]
mod mutate;

use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| -> Option<u64> {
        let at = arguments.iter().position(|a| a == name)?;
        arguments.get(at + 1)?.parse().ok()
    };
    let until = Instant::now() + Duration::from_secs(given("--seconds").unwrap_or(60));
    let first = given("--from").unwrap_or(0);
    let (mut seed, mut answered) = (first, 0u64);
    while Instant::now() < until {
        let case = mutate::case(seed);
        answered += u64::from(mutate::done(&case).is_none());
        seed += 1;
    }
    println!("{} files from {first} on, {answered} answered, the others refused", seed - first);
}
