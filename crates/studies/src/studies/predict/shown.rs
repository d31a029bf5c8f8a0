//! How a competition and its winner are shown: card, table, gains, calibration, tree.

use crate::chart::{Chart, Kind as Picture, Series, TreeNode, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Value};
use crate::sheet::day_text;
use mining::cart::{Cart, CartOptions, Pruning};
use mining::metrics::{calibration_curve, confusion, gains};
use mining::predict::{Contender, ModelCard, Published, Score};
use mining::text::{number, percent};
use mining::tree::Test;
use mining::{Frame, Run, Text};

fn name(contender: Contender) -> Text {
    match contender {
        Contender::Baseline => Text::new("base rate", "基准率"),
        Contender::Logistic => Text::new("logistic", "逻辑回归"),
        Contender::Tree => Text::new("decision tree", "决策树"),
        Contender::Boosted => Text::new("boosted trees", "提升树"),
        Contender::Neural => Text::new("neural network", "神经网络"),
        Contender::Blend => Text::new("blend", "组合模型"),
    }
}

/// Fills the model card.
pub fn card(report: &mut Report, card: &ModelCard) {
    let words = Value::Words;
    report.on_card("horizon", Text::new("predicts", "预测内容"), words(card.horizon.clone()));
    report.on_card("model", Text::new("model", "模型"), words(name(card.winner)));
    report.on_card(
        "calibration",
        Text::new("calibration", "校准"),
        Value::Raw(card.calibration.to_owned()),
    );
    report.on_card("learnt", Text::new("rows learnt from", "学习行数"), Value::Count(card.rows));
    report.on_card(
        "positives",
        Text::new("of them yes", "其中为“是”"),
        Value::Count(card.positives),
    );
    if let Some((from, to)) = card.window {
        let window = format!("{} – {}", day_text(from), day_text(to));
        report.on_card("window", Text::new("data from – to", "数据时段"), Value::Raw(window));
    }
    report.on_card("split", Text::new("judged", "检验方式"), words(card.split.clone()));
    report.on_card(
        "columns",
        Text::new("columns used", "使用的列"),
        Value::Raw(card.columns.join(", ")),
    );
    if !card.left_out.is_empty() {
        let (en, zh): (Vec<String>, Vec<String>) = card
            .left_out
            .iter()
            .map(|l| {
                (
                    format!("{} ({})", l.column, l.reason.en),
                    format!("{}({})", l.column, l.reason.zh),
                )
            })
            .unzip();
        let list = Text::new(en.join(", "), zh.join("、"));
        report.on_card("left_out", Text::new("columns left out", "未使用的列"), words(list));
    }
    if !card.confirmed.is_empty() {
        let list = Value::Raw(card.confirmed.join(", "));
        report.on_card("confirmed", Text::new("confirmed by a person", "人工确认的列"), list);
    }
}

/// The table of what all contenders reached.
pub fn contenders(report: &mut Report, scores: &[Score], winner: Option<Contender>) {
    if scores.is_empty() {
        return;
    }
    let mut table = Table::new(
        "contenders",
        Text::new("Contenders, on rows they had not seen", "参赛模型（在未见数据上）"),
        &[
            ("model", "model", "模型"),
            ("auc", "ROC area", "ROC 面积"),
            ("auc_error", "± error", "± 标准误"),
            ("pr_auc", "PR area", "PR 面积"),
            ("brier", "Brier", "Brier"),
            ("log_loss", "log loss", "对数损失"),
            ("lift", "lift in top 10 %", "前 10 % 提升度"),
            ("ece", "calibration error", "校准误差"),
            ("chosen", "verdict", "结论"),
        ],
    );
    for s in scores {
        let chosen = winner == Some(s.contender);
        table.rows.push(vec![
            Value::Words(name(s.contender)),
            Value::Number(s.auc),
            Value::Number(s.auc_error),
            Value::Number(s.pr_auc),
            Value::Number(s.brier),
            Value::Number(s.log_loss),
            Value::Number(s.lift),
            Value::Number(if s.ece < 1e-6 { 0.0 } else { s.ece }),
            if chosen { Value::Words(Text::new("chosen", "选用")) } else { Value::None },
        ]);
    }
    report.tables.push(table);
}

/// Calibration error above which probabilities are not to be taken at their word.
const ECE_MAX: f64 = 0.05;

/// What the winner reached: sentences, gains, calibration, decisions.
pub fn judged(report: &mut Report, p: &Published, positive: &[bool]) -> Result<()> {
    let score = p.card.winner_score();
    let (y, q): (Vec<bool>, Vec<f64>) = p.held_out.iter().map(|&(r, q)| (positive[r], q)).unzip();
    let steps = gains(&y, &q, 20)?;
    let tenth = steps.get(1).map_or(0.0, |g| g.captured);
    let model = name(p.card.winner);
    let base = y.iter().filter(|&&v| v).count() as f64 / y.len() as f64;
    report.finding(
        format!(
            "chosen: {}; ROC area {}; the tenth with the highest scores holds {} of all yes ({} times chance)",
            model.en, number(score.auc), percent(tenth), number(score.lift)
        ),
        format!(
            "选用{};ROC 面积 {}；评分最高的 10 % 覆盖了 {} 的“是”（为随机的 {} 倍）",
            model.zh, number(score.auc), percent(tenth), number(score.lift)
        ),
    );
    report.finding(
        format!(
            "probabilities are off by {} on average; the base rate is {}",
            percent(score.ece),
            percent(base)
        ),
        format!("概率平均偏差 {}；基准率为 {}", percent(score.ece), percent(base)),
    );
    if score.ece > ECE_MAX {
        report.warning(
            "the rows judged on behave otherwise than those learnt from: trust the order of the scores, not the size of the probabilities",
            "检验数据与建模数据表现不同：请参考评分的先后顺序，勿依赖概率数值",
        );
    }
    report.figure("auc", Text::new("ROC area", "ROC 面积"), Value::Number(score.auc));
    report.figure(
        "lift",
        Text::new("lift in top 10 %", "前 10 % 提升度"),
        Value::Number(score.lift),
    );
    report.figure("ece", Text::new("calibration error", "校准误差"), Value::Share(score.ece));
    report.figure("base_rate", Text::new("base rate", "基准率"), Value::Share(base));
    let mut curve = vec![(0.0, 0.0)];
    curve.extend(steps.iter().map(|g| (g.share, g.captured)));
    let chance = Series::reference(Text::new("at random", "随机"), vec![(0.0, 0.0), (1.0, 1.0)]);
    report.charts.push(Chart::lines(
        Text::new("Gains: how many yes are in the best scores", "增益：高分段覆盖了多少“是”"),
        Text::new(
            format!("the best tenth holds {}", percent(tenth)),
            format!("前 10 % 覆盖 {}", percent(tenth)),
        ),
        vec![Series::line(Text::new("model", "模型"), curve), chance],
        (Text::new("of all rows, best first", "按评分由高到低的行占比"), Unit::Share),
        (Text::new("of all yes", "“是”的覆盖率"), Unit::Share),
    ));
    let bins = calibration_curve(&y, &q, 10)?;
    let perfect = Series::reference(Text::new("perfect", "理想"), vec![(0.0, 0.0), (1.0, 1.0)]);
    let points = bins.iter().map(|b| (b.predicted, b.observed)).collect();
    report.charts.push(Chart::lines(
        Text::new("Calibration: said against seen", "校准：预测概率与实际比例"),
        Text::new("points on the broken line mean honest probabilities", "越接近虚线，概率越可信"),
        vec![Series::line(Text::new("model", "模型"), points), perfect],
        (Text::new("probability said", "预测概率"), Unit::Share),
        (Text::new("share that happened", "实际比例"), Unit::Share),
    ));
    gains_table(report, &steps);
    decisions(report, &y, &q, base)
}

fn gains_table(report: &mut Report, steps: &[mining::metrics::Gain]) {
    let mut table = Table::new(
        "gains",
        Text::new("Gains", "增益表"),
        &[
            ("share", "of all rows", "行占比"),
            ("rows", "rows", "行数"),
            ("captured", "of all yes", "“是”覆盖率"),
            ("lift", "lift", "提升度"),
            ("score_min", "probability from", "概率下限"),
        ],
    );
    for g in steps {
        table.rows.push(vec![
            Value::Share(g.share),
            Value::Count(g.rows),
            Value::Share(g.captured),
            Value::Number(g.lift),
            Value::Share(g.score_min),
        ]);
    }
    report.tables.push(table);
}

/// Decisions at the base rate: who scores above the average.
fn decisions(report: &mut Report, y: &[bool], q: &[f64], base: f64) -> Result<()> {
    let c = confusion(y, q, base)?;
    let mut table = Table::new(
        "confusion",
        Text::new(
            format!("If all from {} are called yes", percent(base)),
            format!("若概率 {} 以上判为“是”", percent(base)),
        ),
        &[
            ("was", "was", "实际"),
            ("called_yes", "called yes", "判为是"),
            ("called_no", "called no", "判为否"),
        ],
    );
    let row = |word: Text, yes, no| vec![Value::Words(word), Value::Count(yes), Value::Count(no)];
    table.rows.push(row(Text::new("yes", "是"), c.true_positive, c.false_negative));
    table.rows.push(row(Text::new("no", "否"), c.false_positive, c.true_negative));
    report.tables.push(table);
    Ok(())
}

/// A tree drawn for people, with its rules; it explains the data and need not be the winner.
pub fn tree(report: &mut Report, frame: &Frame, positive: &[bool], run: &Run<'_>) -> Result<()> {
    let options = CartOptions {
        depth_max: 4,
        leaf_rows_min: (frame.rows() / 50).max(20),
        pruning: Pruning::CrossValidated { folds: 5, one_error: true },
        ..CartOptions::default()
    };
    let cart = Cart::classify(frame, positive, &options, run)?;
    if cart.tree().leaves() > 1 {
        drawn(report, &cart);
    }
    Ok(())
}

/// The picture and the rules of a tree of shares.
pub fn drawn(report: &mut Report, cart: &Cart) {
    let nodes = &cart.tree().nodes;
    let values = || nodes.iter().map(|n| n.value);
    let (low, high) =
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let columns: Vec<&str> = cart.schema().names().collect();
    let shown = nodes
        .iter()
        .map(|n| {
            let question = match &n.test {
                None => Text::default(),
                Some((c, Test::AtMost(cut))) => {
                    let words = format!("{} ≤ {}", columns[*c], number(*cut));
                    Text::new(&words, &words)
                }
                Some((c, test)) => {
                    let levels = cart.schema().levels(*c).unwrap_or_default();
                    let named: Vec<&str> = test
                        .codes()
                        .iter()
                        .filter_map(|&code| levels.get(code as usize))
                        .take(3)
                        .map(String::as_str)
                        .collect();
                    let more = if test.codes().len() > 3 { " …" } else { "" };
                    let words = format!("{}: {}{more}", columns[*c], named.join(", "));
                    Text::new(&words, &words)
                }
            };
            TreeNode {
                question,
                value: percent(n.value),
                shade: if high > low { (n.value - low) / (high - low) } else { 0.5 },
                rows: n.rows,
                children: n.test.is_some().then_some((n.left, n.right)),
            }
        })
        .collect();
    report.charts.push(Chart {
        title: Text::new("A tree that explains the data", "解释数据的决策树"),
        alt: Text::new(
            "each box: what it asks, the share of yes and the rows; left is yes",
            "每格：问题、“是”的比例与行数；左侧为满足条件",
        ),
        kind: Picture::Tree { nodes: shown },
    });
    let mut table = Table::new(
        "rules",
        Text::new("The tree as rules", "决策树规则"),
        &[
            ("conditions", "when", "条件"),
            ("share", "share of yes", "“是”的比例"),
            ("rows", "rows", "行数"),
        ],
    );
    for rule in cart.rules() {
        table.rows.push(vec![
            Value::Words(rule.conditions),
            Value::Share(rule.value),
            Value::Count(rule.rows),
        ]);
    }
    report.tables.push(table);
}
