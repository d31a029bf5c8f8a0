//! Customers made with known truths: each truth is found, and where nothing was planted nothing
//! is reported, within the stated level over a hundred seeds.

use mining::basket::{
    Baskets, RuleOptions, SupportMin, frequent, missing_items, rules, surprising,
};
use mining::lifetime::{BgNbd, Purchasing, histories};
use mining::metrics::roc_auc;
use mining::predict::{Answer, Contender, PredictOptions, Question, predict};
use mining::rng::Rng;
use mining::segment::{KMeansOptions, Order, Points, adjusted_rand, kmeans, rfm, suggest_k};
use mining::suggest::{Personal, Purchase};
use mining::time::{NextOrderOptions, State, next_orders};
use mining::{Column, Frame, Run};

/// Baskets of independent items, the first in six of ten; `bundle` adds item 9 to most baskets
/// that hold items 7 and 8.
fn baskets(seed: u64, bundle: bool) -> Baskets {
    let mut rng = Rng::new(seed);
    let lists: Vec<Vec<u32>> = (0..800)
        .map(|_| {
            let share = |i: u32| if i == 0 { 0.6 } else { 0.15 };
            let mut held: Vec<u32> = (0..10).filter(|&i| rng.uniform() < share(i)).collect();
            if bundle && rng.uniform() < 0.2 {
                held.extend([7, 8]);
                if rng.uniform() < 0.8 {
                    held.push(9);
                }
            }
            held
        })
        .collect();
    let names = (0..10).map(|i| format!("i{i}")).collect();
    Baskets::new(lists.iter().map(Vec::as_slice), names).expect("valid codes")
}

fn findings(all: &Baskets) -> Vec<mining::basket::ItemRule> {
    let sets = frequent(all, SupportMin::Share(0.01), 3, &Run::default()).expect("valid");
    let found = rules(&sets, &RuleOptions::default()).expect("valid options");
    surprising(&found, &sets, 0.05).expect("valid share")
}

/// Each planted truth is looked for with so many seeds.
const SEEDS: u64 = 8;

#[test]
fn a_bundle_is_found_and_its_gaps_are_listed() {
    for seed in 0..SEEDS {
        let all = baskets(seed, true);
        let found = findings(&all);
        assert!(found.iter().any(|r| r.antecedent == [7, 8] && r.consequent == 9), "{found:?}");
        assert!(missing_items(&all, &found, 1).iter().any(|m| m.item == 9));
    }
}

#[test]
fn independent_items_give_no_rules_over_a_hundred_seeds() {
    let alarms = (0..100).filter(|&seed| !findings(&baskets(seed, false)).is_empty()).count();
    // 5 expected; 11 would be three standard deviations above.
    assert!(alarms <= 11, "{alarms}");
}

#[test]
fn one_cloud_is_not_cut_over_a_hundred_seeds() {
    let options = KMeansOptions { starts: 3, ..KMeansOptions::default() };
    let alarms = (0..100)
        .filter(|&seed| {
            let mut rng = Rng::new(seed);
            let values = (0..200)
                .flat_map(|_| {
                    let (a, b) = (rng.normal(), rng.normal());
                    [2.0 * a, a + b]
                })
                .collect();
            let points = Points::new(values, 2).expect("finite");
            let run = Run { seed, ..Run::default() };
            suggest_k(&points, 2, 5, &options, &run).expect("enough rows").k.is_some()
        })
        .count();
    assert!(alarms <= 11, "{alarms}");
}

/// Three kinds of customers over 360 days: often and small, seldom and large, gone after day 120.
fn shop(seed: u64) -> (Vec<Order>, Vec<u32>) {
    let mut rng = Rng::new(seed);
    let (mut orders, mut kinds) = (Vec::new(), Vec::new());
    for customer in 0..900u64 {
        let kind = (customer % 3) as u32;
        let (gap, amount, until) =
            [(8.0, 20.0, 360.0), (60.0, 900.0, 360.0), (20.0, 60.0, 120.0)][kind as usize];
        let mut day = rng.uniform() * gap;
        while day < until {
            let amount = amount * (0.3 * rng.normal()).exp();
            orders.push(Order { customer, day, amount });
            day += gap * (0.35 * rng.normal()).exp();
        }
        kinds.push(kind);
    }
    (orders, kinds)
}

#[test]
fn planted_segments_leavers_and_rhythms_are_found() {
    (0..SEEDS).for_each(found_in_shop);
}

fn found_in_shop(seed: u64) {
    let (orders, kinds) = shop(seed);
    let today = 360.0;
    let customers = rfm(&orders, today).expect("valid orders");
    let values = customers.iter().flat_map(|c| [c.recency_days, c.frequency, c.monetary]).collect();
    let points = Points::new(values, 3).expect("finite").standardised(true);
    let options = KMeansOptions { k: 3, ..KMeansOptions::default() };
    let groups = kmeans(&points, &options, &Run::default()).expect("enough rows");
    assert!(adjusted_rand(&groups.labels, &kinds).expect("equal lengths") >= 0.9);
    let choice = suggest_k(&points, 2, 6, &KMeansOptions::default(), &Run::default());
    assert_eq!(choice.expect("enough rows").k, Some(3));

    let rhythm = next_orders(&orders, today, &NextOrderOptions::default()).expect("valid orders");
    let gone: Vec<bool> = kinds.iter().map(|&k| k == 2).collect();
    let right =
        rhythm.iter().zip(&gone).filter(|(r, g)| (r.state == State::Dormant) == **g).count();
    assert!(right as f64 >= 0.95 * gone.len() as f64, "{right}");

    let all = histories(&orders, today).expect("valid orders");
    let model = BgNbd::fit(&all, &Run::default()).expect("fits");
    let leaving: Vec<f64> = all.iter().map(|h| -model.alive(h)).collect();
    assert!(roc_auc(&gone, &leaving).expect("both") > 0.9);
}

/// Customers who leave more often the more complaints they had and when on plan "basic"; the size
/// of their town does not matter.
#[test]
fn planted_leavers_are_found_with_their_reasons() {
    for seed in 0..SEEDS {
        let mut rng = Rng::new(seed);
        let complaints: Vec<f64> = (0..1500).map(|_| rng.exponential(0.8).floor()).collect();
        let plan: Vec<&str> = (0..1500).map(|_| ["basic", "plus", "pro"][rng.below(3)]).collect();
        let town: Vec<f64> = (0..1500).map(|_| rng.normal()).collect();
        let left: Vec<bool> = (0..1500)
            .map(|i| {
                let z = -2.2 + 1.1 * complaints[i] + if plan[i] == "basic" { 1.4 } else { 0.0 };
                rng.uniform() < 1.0 / (1.0 + (-z).exp())
            })
            .collect();
        let plans = Column::category("plan", plan.iter().map(|p| Some(*p))).expect("few levels");
        let columns = vec![
            Column::numeric("complaints", complaints.clone()),
            plans,
            Column::numeric("town", town),
        ];
        let frame = Frame::new(columns).expect("equal lengths");
        let question = Question { frame: &frame, positive: &left, time: None, folds: None };
        let contenders = vec![Contender::Tree];
        let options = PredictOptions { contenders, ..PredictOptions::default() };
        let run = Run { seed, ..Run::default() };
        let Answer::Published(p) = predict(&question, &options, &run).expect("valid") else {
            panic!("refused with seed {seed}")
        };
        assert!(p.card.winner_score().auc > 0.72, "{:?}", p.card.winner_score());
        // Whoever has many complaints and the basic plan is told so first.
        let sure: Vec<usize> =
            (0..1500).filter(|&i| complaints[i] >= 3.0 && plan[i] == "basic").collect();
        let why = p.reasons(&frame.take(&sure), 2).expect("same columns");
        let right = why.iter().filter(|reasons| {
            reasons[0].column == "complaints"
                && reasons[1].column == "plan"
                && reasons.iter().all(|r| r.effect > 0.0)
        });
        let share = right.count() as f64 / why.len() as f64;
        assert!(share > 0.9, "{share} with seed {seed}");
    }
}

#[test]
fn planted_habits_are_found() {
    (0..SEEDS).for_each(found_habits);
}

fn found_habits(seed: u64) {
    let mut rng = Rng::new(seed);
    let mut purchases = Vec::new();
    for customer in 0..200u32 {
        for week in 0..10 {
            let day = f64::from(week) * 7.0;
            purchases.push(Purchase { customer, item: customer % 20, day });
            purchases.push(Purchase { customer, item: 20 + rng.below(50) as u32, day });
        }
    }
    let model = Personal::fit(&purchases, 70.0, 60.0).expect("valid");
    assert!((0..200).all(|c| model.repeats(c, 1)[0].item == c % 20));
}
