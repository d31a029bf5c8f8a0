//! The matrix's records: of every object one of the manager, one of the salesperson and one of the other salesperson,
//! or parts of such.

use std::collections::HashMap;

use app::Actor;
use app::records::{Batch, Origin};
use model::Uuid;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::World;

/// Objects whose records only the program itself writes.
const BY_SYSTEM: [&str; 7] =
    ["import", "export", "bulk", "job", "stage_change", "notification", "security_event"];

/// A second account of each owner, for relations.
const OTHER: &str = "other account";

/// The records of every object, in the order of the owners.
pub struct Records {
    of: HashMap<String, [String; 3]>,
    count: u32,
}

/// Whose records there are.
pub fn owners(world: &World) -> [&Client; 3] {
    [&world.manager, &world.rep, &world.other_rep]
}

impl Records {
    /// Makes the records of all objects, those first that others are part of.
    pub async fn make(world: &World) -> Records {
        let mut records = Records { of: HashMap::new(), count: 0 };
        let schema = world.workspace.schema();
        let mut objects: Vec<&str> = schema.objects().map(|object| object.name.as_str()).collect();
        let first = [
            "account",
            "contact",
            "opportunity",
            "order",
            "price_list",
            "product",
            "pipeline",
            "role",
            "user",
        ];
        objects.sort_by_key(|name| {
            first.iter().position(|known| known == name).unwrap_or(first.len())
        });
        for object in objects {
            let mut ids = Vec::new();
            for index in 0..3 {
                ids.push(records.one(world, object, index).await);
            }
            records.of.insert(object.to_owned(), ids.try_into().expect("three"));
            if object == "account" && !records.of.contains_key(OTHER) {
                let mut others = Vec::new();
                for index in 0..3 {
                    others.push(records.one(world, object, index).await);
                }
                records.of.insert(OTHER.to_owned(), others.try_into().expect("three"));
            }
        }
        records
    }

    /// The record of `object` that belongs to the owner at `index`.
    pub fn id(&self, object: &str, index: usize) -> &str {
        &self.of[object][index]
    }

    async fn one(&mut self, world: &World, object: &str, index: usize) -> String {
        let mut values = self.values(object, index);
        let declared = world.workspace.object(object).expect("an object");
        let owner = &owners(world)[index].user;
        if declared.access.owned {
            values["owner"] = json!(owner);
        }
        if BY_SYSTEM.contains(&object) {
            return written(world, object, values).await;
        }
        if object == "file" {
            let name = [("x-file-name", "a.txt")];
            let answer = owners(world)[index].ask("POST", "/files", &name, json!("text")).await;
            return answer.id();
        }
        if object == "api_key" {
            values.as_object_mut().expect("values").remove("owner");
            return owners(world)[index].post("/api_keys", values).await.id();
        }
        world.admin.make(&declared.plural, values).await
    }

    /// What a record of `object` needs; parts belong to what the owner at `index` has.
    pub fn values(&mut self, object: &str, index: usize) -> Value {
        self.count += 1;
        let name = format!("Record {}", self.count);
        let parent = |object: &str| self.of.get(object).map(|ids| ids[index].clone());
        match object {
            "activity" | "task" => json!({"subject": name}),
            "address" => json!({"label": name, "account": parent("account")}),
            "relation" => {
                json!({"kind": "referred", "account": parent("account"), "other": parent(OTHER)})
            }
            "opportunity_line" => {
                json!({"description": name, "unit_price": "1", "opportunity": parent("opportunity")})
            }
            "opportunity_competitor" => {
                json!({"opportunity": parent("opportunity"), "competitor": parent("account")})
            }
            "stage_change" => json!({"opportunity": parent("opportunity"), "summary": name}),
            "order" => json!({}),
            "order_line" => {
                json!({"description": name, "unit_price": "1", "order": parent("order")})
            }
            "price_list_item" => {
                json!({"price_list": parent("price_list"), "product": parent("product"), "price": "1"})
            }
            "pipeline" => json!({"name": name, "code": name, "position": 9}),
            "stage" => {
                json!({"name": name, "pipeline": parent("pipeline"), "position": 1, "probability": "1"})
            }
            "role" => json!({"name": name, "code": name}),
            "role_right" => {
                json!({"role": parent("role"), "object": "account", "action": "read", "scope": "own"})
            }
            "role_field_right" => {
                json!({"role": parent("role"), "object": "account", "field": "name", "access": "read"})
            }
            "record_member" => json!({"about": {"object": "account", "id": parent("account")},
                                      "user": parent("user")}),
            "user" => json!({"name": name, "email": format!("r{}@example.com", self.count)}),
            "saved_view" => json!({"name": name, "object": "account"}),
            "import_mapping" => json!({"name": name, "object": "account", "mapping": "{}"}),
            "job" => json!({"kind": name}),
            "notification" => json!({"kind": "mention", "title": name}),
            "security_event" => json!({"kind": "sign_in"}),
            _ => json!({"name": name}),
        }
    }
}

/// Writes a record as a hook does.
async fn written(world: &World, object: &str, values: Value) -> String {
    let workspace = &world.workspace;
    let declared = workspace.object(object).expect("an object");
    let setup = workspace.setup(&Actor::system(), store::CauseKind::System, None);
    let setting = workspace.setting();
    let given = values.as_object().expect("values").iter();
    let values: Vec<(String, model::Value)> = given
        .map(|(name, json)| {
            let kind = declared.field(name).expect("a field").kind();
            (name.clone(), kind.read_json(json, &setting).expect("a value"))
        })
        .collect();
    let name = object.to_owned();
    let work = move |tx: &mut store::Tx| -> app::Result<Uuid> {
        let mut batch = Batch::new(tx, &setup);
        let id = batch.create(Origin::Hook, &name, None, values.clone())?.id();
        batch.finish()?;
        Ok(id)
    };
    workspace.store.transact(work).await.expect("a record").to_string()
}
