//! Roll-ups are kept true by adding to them; whatever is written in whatever order, they equal sums computed anew.

use app::records::{BulkAction, BulkTarget};
use serde_json::json;
use uuid::Uuid;

use crate::world::{BOTH, World};

/// A number that looks random: xorshift, the same on each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick(&mut self, ids: &[Uuid]) -> Uuid {
        ids[self.roll(ids.len())]
    }
}

#[tokio::test]
async fn sums_stay_true_whatever_is_written() {
    for on in BOTH {
        let world = World::new(on).await;
        let mut dice = Dice(20_261_123);
        let (mut accounts, mut products, mut orders, mut lines) = (vec![], vec![], vec![], vec![]);
        for n in 0..3 {
            accounts.push(world.make("account", json!({"name": format!("A{n}")})).await);
            products.push(
                world.make("product", json!({"name": format!("P{n}"), "price": "3.5"})).await,
            );
        }
        for n in 0..4 {
            let day = format!("20{}-0{}-03T00:00:00Z", 20 + n, n + 1);
            orders.push(
                world.make("order", json!({"account": accounts[n % 3], "ordered_at": day})).await,
            );
        }
        for _ in 0..120 {
            let act = dice.roll(8);
            if act < 3 || lines.is_empty() {
                let line = json!({"order": dice.pick(&orders), "product": dice.pick(&products),
                                  "quantity": (dice.roll(9) as i64 - 2).to_string(), "unit_price": dice.roll(50).to_string()});
                // Lines of orders in the recycle bin are refused.
                if let Ok(line) =
                    world.workspace.create(&world.admin, "order_line", &line, None).await
                {
                    lines.push(crate::world::id(&line));
                }
                continue;
            }
            let (object, ids, action) = match act {
                3 => ("order_line", vec![dice.pick(&lines), dice.pick(&lines)], BulkAction::Delete),
                4 => {
                    ("order_line", vec![dice.pick(&lines), dice.pick(&lines)], BulkAction::Restore)
                }
                5 => {
                    let values =
                        json!({"order": dice.pick(&orders), "quantity": dice.roll(7).to_string()});
                    (
                        "order_line",
                        vec![dice.pick(&lines), dice.pick(&lines)],
                        BulkAction::Update(values),
                    )
                }
                6 => {
                    let values = match dice.roll(3) {
                        0 => json!({"account": dice.pick(&accounts)}),
                        1 => json!({"status": "cancelled"}),
                        _ => {
                            json!({"kind": if dice.roll(2) == 0 { "sale" } else { "return" }, "account": null})
                        }
                    };
                    (
                        "order",
                        vec![dice.pick(&orders), dice.pick(&orders)],
                        BulkAction::Update(values),
                    )
                }
                _ => {
                    let action =
                        if dice.roll(2) == 0 { BulkAction::Delete } else { BulkAction::Restore };
                    ("order", vec![dice.pick(&orders)], action)
                }
            };
            world.workspace.bulk(&world.admin, object, action, BulkTarget::Ids(ids)).await.unwrap();
            let report = world.workspace.doctor(false, false).await.unwrap();
            World::expect_well(&report);
        }
    }
}
