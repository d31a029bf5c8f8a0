//! Hit rates of suggestions on the later part of Online Retail; all choices are made on a
//! validation window before it.

use crate::data::{civil, cpu};
use crate::retail::Retail;
use mining::Run;
use mining::basket::Baskets;
use mining::suggest::{Ease, ItemCosine, Personal, Purchase, hide_one, hit_rate};
use std::collections::BTreeMap;

type Cases = Vec<(Vec<u32>, Vec<u32>)>;

fn baskets(retail: &Retail, from: f64, to: f64) -> Baskets {
    // Only items sold before the window: nobody can suggest what has never been seen.
    let mut known = vec![from <= 0.0; retail.items.len()];
    retail.lines.iter().filter(|l| l.time < from).for_each(|l| known[l.item as usize] = true);
    let mut lists: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for l in retail.lines.iter().filter(|l| l.time >= from && l.time < to && known[l.item as usize])
    {
        lists.entry(l.invoice).or_default().push(l.item);
    }
    Baskets::new(lists.values().map(Vec::as_slice), retail.items.clone()).expect("valid codes")
}

/// Per customer known before `cut`: all items before it, and the first basket from it on.
fn customers(retail: &Retail, cut: f64, end: f64) -> Vec<(u32, Vec<u32>, Vec<u32>)> {
    let mut before: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut first: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
    for l in &retail.lines {
        if l.time < cut {
            before.entry(l.customer).or_default().push(l.item);
        } else if l.time < end {
            let f = first.entry(l.customer).or_insert((l.time, l.invoice));
            if (l.time, l.invoice) < *f {
                *f = (l.time, l.invoice);
            }
        }
    }
    let mut of_invoice: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    retail.lines.iter().for_each(|l| of_invoice.entry(l.invoice).or_default().push(l.item));
    before
        .into_iter()
        .filter_map(|(c, mut items)| {
            items.sort_unstable();
            items.dedup();
            first.get(&c).map(|f| (c, items, of_invoice[&f.1].clone()))
        })
        .collect()
}

fn new_cases(all: &[(u32, Vec<u32>, Vec<u32>)]) -> Cases {
    all.iter()
        .map(|(_, h, w)| (h.clone(), w.iter().copied().filter(|i| !h.contains(i)).collect()))
        .filter(|(_, w): &(_, Vec<u32>)| !w.is_empty())
        .collect()
}

fn histories(retail: &Retail, cut: f64) -> Baskets {
    let mut lists: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for l in retail.lines.iter().filter(|l| l.time < cut) {
        lists.entry(l.customer).or_default().push(l.item);
    }
    Baskets::new(lists.values().map(Vec::as_slice), retail.items.clone()).expect("valid codes")
}

fn repeat_rate(retail: &Retail, cut: f64, end: f64, half_life: f64) -> f64 {
    let purchases: Vec<Purchase> = retail
        .lines
        .iter()
        .filter(|l| l.time < cut)
        .map(|l| Purchase { customer: l.customer, item: l.item, day: l.time })
        .collect();
    let model = Personal::fit(&purchases, cut, half_life).expect("valid");
    let all = customers(retail, cut, end);
    let hits = all
        .iter()
        .filter(|(c, _, w)| model.repeats(*c, 10).iter().any(|s| w.contains(&s.item)))
        .count();
    hits as f64 / all.len() as f64
}

pub fn run(retail: &Retail) {
    let end = 1e9;
    let cut = civil(2011, 10, 1) as f64;
    let earlier = cut - 60.0;
    let run = Run { shards: 2, seed: 1, ..Run::default() };
    let test_baskets = baskets(retail, cut, end);
    let hidden = hide_one(&test_baskets, 7);
    println!("suggestions: {} baskets after the cut with two known items or more", hidden.len());
    let lambdas = [5.0, 20.0, 50.0];
    let (old, train) = (baskets(retail, 0.0, earlier), baskets(retail, 0.0, cut));
    let window = baskets(retail, earlier, cut);
    let (l, v) = Ease::choose(&old, &hide_one(&window, 3), &lambdas, 10, true, &run).expect("fits");
    let from = cpu();
    let ease = Ease::fit(&train, l, &run).expect("fits");
    let seconds = cpu() - from;
    let cosine = ItemCosine::fit(&train).expect("fits");
    println!(
        "  hidden item: EASE λ {l} (validation {v:.3}) {:.4}, cosine {:.4}; published .327, .301; fit {seconds:.1} s on the calling thread",
        hit_rate(&ease, &hidden, 10, true, &run),
        hit_rate(&cosine, &hidden, 10, true, &run)
    );
    let valid = customers(retail, earlier, cut);
    let test = customers(retail, cut, end);
    let own = histories(retail, earlier);
    let all = histories(retail, cut);
    for (name, before, upto) in [("baskets", &old, &train), ("customers", &own, &all)] {
        let (l, v) = Ease::choose(before, &new_cases(&valid), &[100.0, 300.0], 10, true, &run)
            .expect("fits");
        let ease = Ease::fit(upto, l, &run).expect("fits");
        let cosine = ItemCosine::fit(upto).expect("fits");
        let cases = new_cases(&test);
        println!(
            "  new items, learnt from {name}: EASE λ {l} (validation {v:.3}) {:.4}, cosine {:.4}, {} customers; published .403, .336",
            hit_rate(&ease, &cases, 10, true, &run),
            hit_rate(&cosine, &cases, 10, true, &run),
            cases.len()
        );
    }
    let best = [30.0, 60.0, 120.0, 240.0, f64::INFINITY]
        .map(|h| (repeat_rate(retail, earlier, cut, h), h))
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .expect("five");
    println!(
        "  next basket: personal frequency, half-life {} days (validation {:.3}) {:.4}, plain {:.4}, {} customers; published .754",
        best.1,
        best.0,
        repeat_rate(retail, cut, end, best.1),
        repeat_rate(retail, cut, end, f64::INFINITY),
        test.len()
    );
}
