//! Measures the functions that run for each written row. `cargo run --release --example text_bench`

use std::hint::black_box;
use std::time::Instant;
use text::search::{Kind, document_tokens, query_tokens};

const ROUNDS: u32 = 100_000;

fn measure<T>(what: &str, work: impl Fn() -> T) {
    black_box(work());
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(work());
    }
    println!("{:>9.2} µs  {what}", start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS));
}

fn main() {
    let note = "客户对报价有疑问，下周二再联系；需要 GTX-Pro 的技术资料。".repeat(5);
    measure("sort_key ASCII, 20 letters", || text::sort_key(black_box("Acme Corporation Ltd")));
    measure("sort_key Chinese firm", || text::sort_key(black_box("上海华为技术有限公司")));
    measure("name_sort_key 王小明", || text::name_sort_key(black_box("王小明")));
    measure("name_sort_key 单小明", || text::name_sort_key(black_box("单小明")));
    measure("tokens name 王小明", || document_tokens(Kind::Name, black_box("王小明")));
    measure("tokens name Chinese firm", || {
        document_tokens(Kind::Name, black_box("上海华为技术有限公司"))
    });
    measure("tokens phone", || document_tokens(Kind::Phone, black_box("+8613812345678")));
    measure("tokens e-mail", || document_tokens(Kind::Email, black_box("wang.xm@example.com")));
    measure("tokens code", || document_tokens(Kind::Code, black_box("HT2024-0012")));
    measure("tokens note of 165 characters", || document_tokens(Kind::Text, black_box(&note)));
    measure("query_tokens", || query_tokens(black_box("华为 mate 138-1234-5678")));
    measure("phone::parse", || text::phone::parse(black_box("+86 138-1234-5678"), "CN"));
    measure("unique_key", || text::unique_key(black_box("上海华为技术有限公司")));
    measure("uscc::check", || text::uscc::check(black_box("9144030071526726XG")));
    measure("similar", || text::similar(black_box("technolgy"), black_box("technology")));
}
