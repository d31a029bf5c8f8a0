//! The words: who put which into which field of whose record, and who may see it by the one table of rights.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::GUARDED;
use crate::matrix::records::Records;
use crate::matrix::table::{CALLERS, CLASSES, RECORDS};
use crate::world::World;

/// A word in a field of a record.
#[derive(Debug)]
pub struct Bird {
    pub object: String,
    pub field: String,
    /// Whose record: the manager's, the salesperson's, the other salesperson's.
    pub index: usize,
}

impl Bird {
    /// Whether the table lets the caller read the record, and the caller's role the field.
    pub fn may_be_seen_by(&self, caller: &str) -> bool {
        let column = CALLERS.iter().position(|known| *known == caller).expect("a caller");
        if caller == "nobody" {
            return false;
        }
        let is_seller = caller.ends_with("salesperson");
        let is_guarded = |(object, field, _): &(&str, &str, &str)| {
            *object == self.object && *field == self.field
        };
        if is_seller && GUARDED.iter().any(is_guarded) {
            return false;
        }
        let Some((class, _)) =
            CLASSES.iter().find(|(_, objects)| objects.contains(&self.object.as_str()))
        else {
            return false;
        };
        let row = RECORDS
            .lines()
            .find_map(|line| line.trim().strip_prefix(class)?.trim().strip_prefix("read"));
        let letters = row.and_then(|row| row.split_whitespace().nth(column)).unwrap_or("nnn");
        letters.as_bytes()[self.index] == b'y'
    }
}

/// What words begin with, by the kind of their field: nothing else in an answer does.
const MARKS: [&str; 3] = ["qcnry", "7340000", "13873400"];

/// All words that are out.
pub struct Birds {
    by_number: HashMap<u32, Bird>,
}

impl Birds {
    /// Puts a word into every field that takes one, by the administrator, one change a field.
    pub async fn let_fly(world: &World, records: &Records) -> Birds {
        let mut birds = Birds { by_number: HashMap::new() };
        let schema = world.admin.get("/schema").await;
        let objects = schema.expect(200)["objects"].as_array().expect("objects").clone();
        for object in &objects {
            let name = object["name"].as_str().expect("a name");
            let plural = object["plural"].as_str().expect("a plural");
            for index in 0..3 {
                let mut made = HashMap::new();
                for field in object["fields"].as_array().expect("fields") {
                    let field_name = field["name"].as_str().expect("a name").to_owned();
                    let number =
                        u32::try_from(birds.by_number.len() + made.len() + 1).expect("few");
                    let Some(value) = word(field, number) else { continue };
                    let id = records.id(name, index);
                    let path = format!("/{plural}/{id}");
                    let version = world.admin.get(&path).await.body["version"].clone();
                    let change = json!({&field_name: value, "version": version});
                    if world.admin.patch(&path, change).await.status == 200 {
                        made.insert(
                            number,
                            Bird { object: name.to_owned(), field: field_name, index },
                        );
                    }
                }
                birds.by_number.extend(made);
            }
        }
        birds
    }

    pub fn count(&self) -> usize {
        self.by_number.len()
    }

    /// The words in a text.
    pub fn in_text(&self, text: &str) -> Vec<&Bird> {
        let mut found = Vec::new();
        for mark in MARKS {
            for (at, _) in text.match_indices(mark) {
                let digits = if mark == "13873400" { 3 } else { 4 };
                let from = at + mark.len();
                let number = text.get(from..from + digits).and_then(|word| word.parse().ok());
                found.extend(number.and_then(|number: u32| self.by_number.get(&number)));
            }
        }
        found
    }
}

/// A word that a field of this kind takes.
fn word(field: &Value, number: u32) -> Option<Value> {
    if field["read_only"] == json!(true) {
        return None;
    }
    Some(match field["kind"].as_str()? {
        "text" | "long_text" => json!(format!("qcnry{number:04}")),
        "email" => json!(format!("qcnry{number:04}@example.com")),
        "url" => json!(format!("https://qcnry{number:04}.example.com")),
        "phone" if number < 1_000 => json!(format!("13873400{number:03}")),
        "number" => json!(73_400_000_000_u64.saturating_add(u64::from(number))),
        "decimal" => json!(format!("7340000{number:04}")),
        "money" => json!(format!("7340000{number:04}.00")),
        _ => return None,
    })
}
