//! Whatever comes in, a study answers or refuses with a code; it never panics and never gives
//! probabilities outside 0 to 1.

use mining::basket::{Baskets, RuleOptions, SupportMin, frequent, missing_items, rules};
use mining::boost::{BoostOptions, Boosted};
use mining::calibrate::Calibrator;
use mining::cart::{Cart, CartOptions};
use mining::drivers::{DriverOptions, drivers};
use mining::lifetime::{BgNbd, GammaGamma, ParetoNbd, Purchasing, histories};
use mining::linear::{Logistic, LogisticOptions};
use mining::metrics::{brier, ece, gains, psi_numeric, roc_auc};
use mining::neural::{Neural, NeuralOptions};
use mining::predict::{Answer, Contender, PredictOptions, Question, predict};
use mining::segment::{
    KMeansOptions, Order, Points, RfmOptions, hierarchy, kmeans, pareto, rfm, rfm_scores,
    silhouette,
};
use mining::suggest::{Ease, ItemCosine, Personal, Purchase, Scorer};
use mining::time::{NextOrderOptions, Visit, funnel, next_orders, survival, trend};
use mining::{Column, Frame, Run};
use proptest::prelude::*;

/// Numbers as data has them at its worst.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -5.0..5.0f64,
        2 => (0..4i32).prop_map(f64::from),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(-1e308),
        1 => Just(1e308),
        1 => Just(5e-324),
        1 => Just(-0.0),
    ]
}

fn level() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => (0..3u8).prop_map(|i| Some(format!("l{i}"))),
        1 => "\\PC{0,3}".prop_map(Some),
        1 => Just(None),
    ]
}

/// Half of the lists are tame, so that not everything is refused at the door.
fn tamed(clean: bool, x: f64) -> f64 {
    if clean && (x.is_nan() || x.abs() >= 1e3) { 1.0 } else { x }
}

type Rows = Vec<((f64, f64), (Option<String>, bool))>;

fn table() -> impl Strategy<Value = Rows> {
    prop::collection::vec(((number(), number()), (level(), any::<bool>())), 0..80)
}

fn frame(rows: &Rows) -> (Frame, Vec<bool>) {
    let columns = vec![
        Column::numeric("a", rows.iter().map(|r| r.0.0).collect()),
        Column::numeric("b", rows.iter().map(|r| r.0.1).collect()),
        Column::numeric("constant", vec![7.0; rows.len()]),
        Column::numeric("missing", vec![f64::NAN; rows.len()]),
        Column::category("c", rows.iter().map(|r| r.1.0.as_deref())).expect("few levels"),
    ];
    (Frame::new(columns).expect("equal lengths"), rows.iter().map(|r| r.1.1).collect())
}

fn sound(p: &[f64]) {
    assert!(p.iter().all(|p| (0.0..=1.0).contains(p)), "{p:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn models_answer_or_refuse(rows in table(), later in table()) {
        let (frame, y) = frame(&rows);
        let (later, _) = self::frame(&later);
        let run = Run::default();
        if let Ok(m) = Logistic::fit(&frame, &y, &LogisticOptions::default(), &run) {
            sound(&m.probability(&later).expect("same columns"));
        }
        let cart = CartOptions { leaf_rows_min: 2, ..CartOptions::default() };
        if let Ok(m) = Cart::classify(&frame, &y, &cart, &run) {
            sound(&m.probability(&later).expect("same columns"));
            prop_assert!(!m.rules().is_empty());
            m.contributions(&later).expect("same columns");
        }
        let boost = BoostOptions { rounds: 5, leaf_rows_min: 2, ..BoostOptions::default() };
        if let Ok(m) = Boosted::classify(&frame, &y, &boost, &run) {
            sound(&m.probability(&later).expect("same columns"));
            let scores = m.score(&later).expect("same columns");
            for (phi, s) in m.contributions(&later).expect("same columns").iter().zip(scores) {
                let sum = m.expected_score() + phi.iter().sum::<f64>();
                prop_assert!((sum - s).abs() < 1e-6, "{sum} {s}");
            }
        }
        let neural = NeuralOptions { seeds: 1, epochs_max: 2, ..NeuralOptions::default() };
        if let Ok(m) = Neural::fit(&frame, &y, &neural, &run) {
            sound(&m.probability(&later).expect("same columns"));
        }
    }

    #[test]
    fn the_honest_layer_answers_or_refuses(rows in table()) {
        let (frame, y) = frame(&rows);
        let contenders = vec![Contender::Tree];
        let options = PredictOptions { contenders, class_rows_min: 5, ..PredictOptions::default() };
        let time: Vec<f64> = rows.iter().map(|r| r.0.0).collect();
        for time in [None, Some(time.as_slice())] {
            let question = Question { frame: &frame, positive: &y, time, folds: None };
            match predict(&question, &options, &Run::default()) {
                Ok(Answer::Published(p)) => {
                    sound(&p.probability(&frame).expect("same columns"));
                    p.reasons(&frame, 3).expect("same columns");
                    p.drift(&frame, Some(&y)).expect("same columns");
                }
                Ok(Answer::Refused(r)) => prop_assert!(r.code.starts_with("predict.")),
                Err(e) => prop_assert!(e.code().starts_with("mining.")),
            }
        }
        let _ = drivers(&frame, &y, &DriverOptions::default(), &Run::default());
    }

    #[test]
    fn metrics_answer_or_refuse(rows in prop::collection::vec((any::<bool>(), number()), 0..50),
                               clean in any::<bool>()) {
        let (y, s): (Vec<bool>, Vec<f64>) =
            rows.into_iter().map(|(y, s)| (y, tamed(clean, s))).unzip();
        if let Ok(auc) = roc_auc(&y, &s) {
            prop_assert!((0.0..=1.0).contains(&auc));
            let turned: Vec<f64> = s.iter().map(|s| -s).collect();
            prop_assert!((roc_auc(&y, &turned).expect("as valid") - (1.0 - auc)).abs() < 1e-9);
        }
        let _ = (brier(&y, &s), ece(&y, &s, 10), gains(&y, &s, 7), psi_numeric(&s, &s, 10));
        if let Ok(map) = Calibrator::choose(&y, &s, 1) {
            prop_assert!(!map.apply(0.3).is_nan());
        }
    }

    #[test]
    fn baskets_of_anything(lists in prop::collection::vec(prop::collection::vec(0..12u32, 0..10), 0..30),
                           share in number()) {
        let names = (0..12).map(|i| format!("i{i}")).collect();
        let all = Baskets::new(lists.iter().map(Vec::as_slice), names).expect("valid codes");
        if let Ok(sets) = frequent(&all, SupportMin::Share(share), 4, &Run::default()) {
            let found = rules(&sets, &RuleOptions::default()).expect("valid options");
            prop_assert!(found.iter().all(|r| r.confidence <= 1.0 + 1e-12 && r.confidence >= 0.5));
            prop_assert!(missing_items(&all, &found, 3).len() <= 3 * all.len());
        }
        if let (Ok(c), Ok(e)) = (ItemCosine::fit(&all), Ease::fit(&all, 1.0, &Run::default())) {
            for scorer in [&c as &dyn Scorer, &e] {
                prop_assert!(scorer.scores(&[0, 3, 99]).iter().all(|s| s.is_finite()));
            }
        }
    }

    #[test]
    fn customers_of_anything(rows in prop::collection::vec((0..6u64, number(), number()), 0..60),
                             today in number(), clean in any::<bool>()) {
        let today = if clean { 5.0 } else { today };
        let rows: Vec<(u64, f64, f64)> = rows
            .into_iter()
            .map(|(c, day, x)| (c, tamed(clean, day * if clean { 30.0 } else { 1.0 }), tamed(clean, x)))
            .map(|(c, day, x)| (c, if clean { day.min(5.0) } else { day }, x))
            .collect();
        let orders: Vec<Order> =
            rows.iter().map(|&(customer, day, amount)| Order { customer, day, amount }).collect();
        if let Ok(found) = rfm(&orders, today) {
            rfm_scores(&found, &RfmOptions::default()).expect("valid cuts");
        }
        let _ = next_orders(&orders, today, &NextOrderOptions::default());
        if let Ok(h) = histories(&orders, today) {
            let run = Run::default();
            let _ = GammaGamma::fit(&h, &run);
            if let (Ok(b), Ok(p)) = (BgNbd::fit(&h, &run), ParetoNbd::fit(&h, &run)) {
                for h in &h {
                    sound(&[b.alive(h), p.alive(h)]);
                    b.expected(h, 10.0);
                }
            }
        }
        let numbers: Vec<f64> = rows.iter().map(|r| r.1).collect();
        let flags: Vec<bool> = rows.iter().map(|r| r.2 > 0.0).collect();
        let _ = (survival(&numbers, &flags), trend(&numbers), pareto(&numbers));
        let visits: Vec<Visit> = rows
            .iter()
            .map(|&(deal, day, _)| Visit { deal, stage: (deal % 4) as usize, day })
            .collect();
        let _ = funnel(&visits, 3);
        let purchases: Vec<Purchase> =
            rows.iter().map(|r| Purchase { customer: r.0 as u32, item: 1, day: r.1 }).collect();
        let _ = Personal::fit(&purchases, today, 30.0);
    }

    #[test]
    fn points_of_anything(values in prop::collection::vec(number(), 0..90), k in 0..6usize,
                          clean in any::<bool>()) {
        let values = values.into_iter().map(|x| tamed(clean, x)).collect();
        let width = if clean { 1 } else { 3 };
        if let Ok(points) = Points::new(values, width) {
            let points = points.standardised(true);
            let options = KMeansOptions { k, ..KMeansOptions::default() };
            if let Ok(found) = kmeans(&points, &options, &Run::default()) {
                prop_assert_eq!(found.sizes.iter().sum::<usize>(), points.rows());
                let _ = silhouette(&points, &found.labels, 0, &Run::default());
            }
            let tree = hierarchy(&points, &Run::default()).expect("small");
            prop_assert_eq!(tree.cut(points.rows()).expect("as many as rows").len(), points.rows());
        }
    }
}

#[test]
fn ten_thousand_categories_are_handled() {
    let names: Vec<String> = (0..20_000).map(|i| format!("n{}", i % 10_000)).collect();
    let column = Column::category("c", names.iter().map(|n| Some(n.as_str()))).expect("few");
    let x = Column::numeric("x", (0..20_000).map(|i| f64::from(i % 7)).collect());
    let frame = Frame::new(vec![column, x]).expect("equal lengths");
    let y: Vec<bool> = (0..20_000).map(|i| i % 3 == 0).collect();
    let run = Run::default();
    let boost = BoostOptions { rounds: 3, ..BoostOptions::default() };
    sound(
        &Boosted::classify(&frame, &y, &boost, &run)
            .expect("fits")
            .probability(&frame)
            .expect("same"),
    );
    let logistic = Logistic::fit(&frame, &y, &LogisticOptions::default(), &run).expect("fits");
    sound(&logistic.probability(&frame).expect("same"));
    let cart = Cart::classify(&frame, &y, &CartOptions::default(), &run).expect("fits");
    sound(&cart.probability(&frame).expect("same"));
}

#[test]
fn a_study_stops_when_asked() {
    struct Stop;
    impl mining::Watch for Stop {
        fn cancelled(&self) -> bool {
            true
        }
    }
    let run = Run { watch: &Stop, ..Run::default() };
    let frame =
        Frame::new(vec![Column::numeric("x", (0..99).map(f64::from).collect())]).expect("one");
    let y: Vec<bool> = (0..99).map(|i| i % 2 == 0).collect();
    let code = |e: mining::Error| e.code();
    let boosted = Boosted::classify(&frame, &y, &BoostOptions::default(), &run);
    assert_eq!(boosted.map_err(code).err(), Some("mining.cancelled"));
    let points = Points::new((0..99).map(f64::from).collect(), 3).expect("finite");
    let groups = kmeans(&points, &KMeansOptions::default(), &run);
    assert_eq!(groups.map_err(code).err(), Some("mining.cancelled"));
}
