//! Prints what the engine reaches on public data beside published figures:
//! `cargo run --release --example verify -- <data directory> [study …]`.

mod again;
mod baskets;
mod classify;
mod data;
mod purchases;
mod retail;
mod segments;
mod suggestions;

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = std::path::PathBuf::from(args.next().expect("the data directory"));
    let wanted: Vec<String> = args.collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    for name in ["telco_churn", "marketing_campaign", "bank_marketing"] {
        if wants(name) || wants("speed") {
            classify::contenders(&dir, name);
        }
    }
    for name in ["telco_churn", "marketing_campaign", "bank_marketing"] {
        if wants("chosen") || wants(name) {
            classify::chosen(&dir, name, &classify::frame(&dir, name));
        }
    }
    if wants("chosen") || wants("crm_sales_opportunities") {
        classify::chosen(&dir, "crm_sales_opportunities", &classify::deals(&dir));
    }
    if wants("purchases") {
        purchases::run(&dir);
    }
    let retail = retail::read(&dir);
    if wants("baskets") {
        baskets::run(&dir, &retail);
    }
    if wants("suggestions") {
        suggestions::run(&retail);
    }
    if wants("segments") {
        segments::run(&retail);
    }
    if wants("again") {
        again::run(&retail);
    }
    if wants("scale") {
        segments::million();
    }
}
