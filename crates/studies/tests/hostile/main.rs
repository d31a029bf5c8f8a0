//! Whatever file comes in, every study answers or refuses with a code and words in both
//! languages; it never panics.

mod mutate;

use mutate::{Case, case, done};

/// Cases of the quick run; `guanxi mine` has some twenty studies.
const CASES: u64 = 600;

#[test]
fn any_file_gets_an_answer_or_a_refusal() {
    for seed in 0..CASES {
        done(&case(seed));
    }
}

/// Files with a known fault, each with the codes it may be refused with.
#[test]
fn known_faults_are_refused_clearly() {
    let check = |study: &'static str, text: &str, codes: &[&str]| {
        let case = Case { study, bytes: text.as_bytes().to_vec(), settings: Vec::new() };
        let code = done(&case);
        assert!(code.as_deref().is_some_and(|c| codes.contains(&c)), "{study}: {code:?}");
    };
    check("rfm", "", &["file"]);
    check("rfm", "customer,date,amount\n", &["file.no_rows"]);
    check("rfm", "a,b\n1,2\n", &["study.which_column"]);
    check("rfm", "customer,date,amount\n1,soon,3\n", &["study.no_dates"]);
    check("rfm", "customer,date,amount\n1,2024-01-01,many\n", &["mining.column_kind"]);
    check("rfm", "customer,date,amount\n1,2024-01-01,-5\n", &["mining.empty"]);
    check("rfm", "customer,date,amount\n1,2150-01-01,5\n", &["mining.empty"]);
    check("predict", "x,y\n1,yes\n2,yes\n", &["mining.one_class"]);
    check("predict", "x,y\n1,a\n2,b\n3,c\n", &["study.which_outcome"]);
    check("predict", "x,y\n1,yes\n2,no\n", &["predict.too_few"]);
    check("churn", "customer,date\n1,2024-01-01\n2,2024-01-02\n", &["study.too_short"]);
    check("baskets", "basket,item\n1,a\n2,b\n", &["study.no_rules"]);
    check("segments", "x\na\nb\n", &["mining.no_columns"]);
    check("hierarchy", "x\n1\n2\n1e308\n", &["mining.no_columns"]);
    check("funnel", "deal,stage,date\n1,a,2024-01-01\n", &["study.which_stages"]);
    check("trend", "date,amount\n2024-01-01,1\n2024-01-02,2\n", &["mining.too_few"]);
}

mod soak {
    //! Half an hour of other files.

    use super::mutate::{case, done};
    use std::time::{Duration, Instant};

    #[test]
    fn half_an_hour_of_files() {
        let until = Instant::now() + Duration::from_secs(1_800);
        let mut seed = 1_000_000;
        while Instant::now() < until {
            done(&case(seed));
            seed += 1;
        }
    }
}
