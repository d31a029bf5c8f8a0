//! Hit rates of suggestions on the later part of Online Retail; all choices are made on a
//! validation window before it.

use super::retail::{self, Retail};
use super::{Files, Goal, Teller};
use crate::refusal::Result;
use mining::Run;
use mining::basket::Baskets;
use mining::suggest::{Ease, ItemCosine, Personal, Purchase, hide_one, hit_rate};
use std::collections::BTreeMap;

/// 2011-10-01, from which baskets are tested on, and the days before it that choices are made on.
const CUT: f64 = 15_248.0;
const WINDOW_DAYS: f64 = 60.0;
const END: f64 = 1e9;
const MOST: usize = 10;

type Cases = Vec<(Vec<u32>, Vec<u32>)>;

fn baskets(retail: &Retail, from: f64, to: f64) -> Result<Baskets> {
    // Only items sold before the window: nobody can suggest what has never been seen.
    let mut known = vec![from <= 0.0; retail.items.len()];
    retail.lines.iter().filter(|l| l.time < from).for_each(|l| known[l.item as usize] = true);
    let mut lists: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for l in retail.lines.iter().filter(|l| l.time >= from && l.time < to && known[l.item as usize])
    {
        lists.entry(l.invoice).or_default().push(l.item);
    }
    Ok(Baskets::new(lists.values().map(Vec::as_slice), retail.items.clone())?)
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

fn histories(retail: &Retail, cut: f64) -> Result<Baskets> {
    let mut lists: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for l in retail.lines.iter().filter(|l| l.time < cut) {
        lists.entry(l.customer).or_default().push(l.item);
    }
    Ok(Baskets::new(lists.values().map(Vec::as_slice), retail.items.clone())?)
}

fn repeat_rate(retail: &Retail, cut: f64, end: f64, half_life: f64) -> Result<f64> {
    let purchases: Vec<Purchase> = retail
        .lines
        .iter()
        .filter(|l| l.time < cut)
        .map(|l| Purchase { customer: l.customer, item: l.item, day: l.time })
        .collect();
    let model = Personal::fit(&purchases, cut, half_life)?;
    let all = customers(retail, cut, end);
    let hits = all
        .iter()
        .filter(|(c, _, w)| model.repeats(*c, 10).iter().any(|s| w.contains(&s.item)))
        .count();
    Ok(hits as f64 / all.len() as f64)
}

pub fn run(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let retail = retail::read(files)?;
    let earlier = CUT - WINDOW_DAYS;
    let hidden = hide_one(&baskets(&retail, CUT, END)?, 7);
    let (old, train) = (baskets(&retail, 0.0, earlier)?, baskets(&retail, 0.0, CUT)?);
    let window = baskets(&retail, earlier, CUT)?;
    let validation = hide_one(&window, 3);
    let (lambda, _) = Ease::choose(&old, &validation, &[5.0, 20.0, 50.0], MOST, true, run)?;
    let ease = Ease::fit(&train, lambda, run)?;
    let rate = hit_rate(&ease, &hidden, MOST, true, run);
    let measure = format!("hidden item: hit@10 of EASE, λ {lambda}, {} baskets", hidden.len());
    told.tell(measure, rate, Goal::AtLeast(0.325), "EASE .327");
    let cosine = ItemCosine::fit(&train)?;
    let rate = hit_rate(&cosine, &hidden, MOST, true, run);
    told.tell("hidden item: hit@10 of item cosine", rate, Goal::Shown, "cosine .301");
    let valid = new_cases(&customers(&retail, earlier, CUT));
    let test = customers(&retail, CUT, END);
    let cases = new_cases(&test);
    let (own, all) = (histories(&retail, earlier)?, histories(&retail, CUT)?);
    // What is learnt from, baskets or customers, is chosen on the validation window, too.
    let grid = [100.0, 300.0];
    let of_baskets = Ease::choose(&old, &valid, &grid, MOST, true, run)?;
    let of_customers = Ease::choose(&own, &valid, &grid, MOST, true, run)?;
    let (from, lambda) = if of_baskets.1 >= of_customers.1 {
        (&train, of_baskets.0)
    } else {
        (&all, of_customers.0)
    };
    let ease = Ease::fit(from, lambda, run)?;
    let rate = hit_rate(&ease, &cases, MOST, true, run);
    told.tell(
        format!("new items: hit@10 of EASE, λ {lambda}"),
        rate,
        Goal::AtLeast(0.40),
        "EASE .403",
    );
    let half_lives = [30.0, 60.0, 120.0, 240.0, f64::INFINITY];
    let mut best = (-1.0, f64::INFINITY);
    for half_life in half_lives {
        let rate = repeat_rate(&retail, earlier, CUT, half_life)?;
        if rate >= best.0 {
            best = (rate, half_life);
        }
    }
    let rate = repeat_rate(&retail, CUT, END, best.1)?;
    let measure = format!("next basket: hit@10 of habits, half-life {} days", best.1);
    told.tell(measure, rate, Goal::AtLeast(0.75), "personal frequency .754");
    Ok(())
}
