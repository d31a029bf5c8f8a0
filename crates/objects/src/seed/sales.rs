//! The first pipeline with its stages, and the first price list. Firms change them to their own way of selling.

use model::label::{Label, label};
use model::{Language, Value};
use rust_decimal::Decimal;

use super::SeedRecord;

/// A stage: code, name, kind, probability in per cent, days after which it rots.
struct Stage {
    code: &'static str,
    name: Label,
    kind: &'static str,
    probability: i64,
    rotting_days: Option<i64>,
}

fn stages() -> [Stage; 7] {
    let open = |code, en, zh, probability, days| Stage {
        code,
        name: label(en, zh),
        kind: "open",
        probability,
        rotting_days: Some(days),
    };
    let closed = |code, en, zh, probability| Stage {
        code,
        name: label(en, zh),
        kind: code,
        probability,
        rotting_days: None,
    };
    [
        open("new", "New", "初步接洽", 10, 14),
        open("qualified", "Qualified", "需求确认", 30, 14),
        open("proposal", "Proposal", "方案报价", 60, 21),
        open("negotiation", "Negotiation", "商务谈判", 80, 30),
        closed("won", "Won", "赢单", 100),
        closed("lost", "Lost", "输单", 0),
        closed("invalid", "Invalid", "无效", 0),
    ]
}

/// The pipeline, its stages and the price list.
pub(super) fn records(language: Language) -> Vec<SeedRecord> {
    let pipeline = label("Standard pipeline", "标准销售流程");
    let mut records = vec![
        SeedRecord::new("pipeline", "pipeline.standard")
            .with("name", pipeline.text(language))
            .with("code", "standard")
            .with("position", 0)
            .with("active", true),
    ];
    for (position, stage) in (1i64..).zip(stages()) {
        let record = SeedRecord::new("stage", &format!("stage.{}", stage.code))
            .linked("pipeline", "pipeline.standard")
            .with("name", stage.name.text(language))
            .with("position", position)
            .with("kind", stage.kind)
            .with("probability", Decimal::from(stage.probability))
            .with("rotting_days", Value::from(stage.rotting_days));
        records.push(record);
    }
    let prices = label("Standard prices", "标准价目表");
    records.push(
        SeedRecord::new("price_list", "price_list.standard")
            .with("name", prices.text(language))
            .with("active", true)
            .with("is_default", true),
    );
    records
}
