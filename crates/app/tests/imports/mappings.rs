//! What a mapping can say, and everything that can be wrong with it.

use serde_json::json;

use crate::desk::expect_counts;
use crate::world::{BOTH, On, World, id};

const LINES: &str = "Invoice,Code,Item,Qty,Price,When,Customer\n\
    1,A,Cup,2,2.50,2011-01-31 23:30:00,7.0\n\
    1,B,Pot,1,10.00,2011-01-31 23:30:00,7.0\n\
    C2,A,Cup,-1,2.50,2011-02-01 09:00:00,7.0\n\
    3,A,Cup,x,2.50,2011-02-02 09:00:00,\n\
    3,C,,4,0.125,2011-02-02 09:00:00,\n\
    ,,,,,,\n\
    C4,B,Pot,3,1,2011-02-03 09:00:00,8.0\n";

fn lines() -> serde_json::Value {
    json!({
        "object": "order_line",
        "columns": {
            "Invoice": {"field": "order.external_id"},
            "When": {"field": "order.ordered_at", "date": "yyyy-mm-dd hh:mm:ss"},
            "Code": {"field": "product.code"},
            "Item": {"field": "product.name", "empty": "(none)"},
            "Qty": {"field": "quantity"},
            "Price": {"field": "unit_price"}
        },
        "links": {
            "order": {"match": ["external_id"], "if_missing": "create"},
            "order.account": {"match": ["external_id"], "if_missing": "create"},
            "product": {"match": ["code"], "if_missing": "create"}
        },
        "computed": {
            "order.kind": "startsWith(row.Invoice, \"C\") ? \"return\" : \"sale\"",
            "order.account.external_id": "isEmpty(row.Customer) ? \"UNKNOWN\" : replace(row.Customer, \".0\", \"\")",
            "order.account.name": "concat(\"Customer \", coalesce(row.Customer, \"unknown\"))"
        },
        "constants": {"order.status": "completed"}
    })
}

#[tokio::test]
async fn rows_make_records_over_three_links_and_none_is_lost() {
    for on in BOTH {
        let world = World::new(on).await;
        let import = world.import(LINES, lines()).await;
        expect_counts(&import, "done", [4, 0, 1, 2]);
        let accounts = world.all("account").await;
        let mut revenue: Vec<String> = accounts
            .iter()
            .map(|a| {
                format!(
                    "{} {} {}",
                    a["external_id"], a["revenue_total"]["amount"], a["order_count"]
                )
            })
            .collect();
        revenue.sort();
        // The row of customer 8 was refused whole: no order, no customer of it is there.
        assert_eq!(revenue, ["\"7\" \"12.50\" 1", "\"UNKNOWN\" \"0.50\" 1"]);
        let products = world.all("product").await;
        let mut sold: Vec<String> = products
            .iter()
            .map(|p| format!("{} {} {}", p["code"], p["sold_quantity"], p["revenue"]["amount"]))
            .collect();
        sold.sort();
        assert_eq!(sold, ["\"A\" \"1\" \"2.50\"", "\"B\" \"1\" \"10.00\"", "\"C\" \"4\" \"0.50\""]);
        let errors = world.errors_of(&import).await;
        assert_eq!(
            errors,
            "Invoice,Code,Item,Qty,Price,When,Customer,Reason\n\
             3,A,Cup,x,2.50,2011-02-02 09:00:00,,Qty: “x” is no number.\n\
             C4,B,Pot,3,1,2011-02-03 09:00:00,8.0,Qty: A return's quantities are below zero.\n"
        );
        World::expect_well(&world.workspace.doctor(false, false).await.unwrap());
    }
}

#[tokio::test]
async fn a_trial_run_shows_what_would_be_and_leaves_nothing() {
    for on in BOTH {
        let world = World::new(on).await;
        let before = world.dump().await;
        let admin = world.admin.clone();
        let import = world.import_as(&admin, LINES, lines(), true).await;
        expect_counts(&import, "done", [4, 0, 1, 2]);
        assert_eq!(world.dump().await, before);
        let preview = world.workspace.import_preview(&admin, id(&import)).await.unwrap();
        let told: Vec<String> = preview["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {} {}", row["row"], row["action"], row["problems"][0]["code"]))
            .collect();
        assert_eq!(
            told,
            [
                "1 \"create\" null",
                "2 \"create\" null",
                "3 \"create\" null",
                "4 \"fail\" \"number_format\"",
                "5 \"create\" null",
                "6 \"skip\" null",
                "7 \"fail\" \"return_quantity\""
            ]
        );
        assert_eq!(preview["rows"][0]["values"]["order.account.external_id"], "7");
        assert_eq!(preview["truncated"], false);
        world.workspace.run_import(&admin, id(&import)).await.unwrap();
        world.work_off().await;
        let import = world.get("import", id(&import)).await;
        expect_counts(&import, "done", [4, 0, 1, 2]);
        assert_eq!(world.all("order_line").await.len(), 4);
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_mapping_is_said_at_once() {
    let world = World::new(On::Sqlite).await;
    let mapping = json!({
        "object": "contact",
        "policy": "update",
        "match_on": ["email", "shoe_size"],
        "columns": {
            "A": {"field": "name"},
            "B": {"field": "name"},
            "C": {"field": "shoe_size"},
            "D": {"field": "account.parent.parent.parent.name"},
            "E": {"field": "created_at"},
            "F": {"field": "birthday", "date": "yy"},
            "nowhere": {"field": "phone"}
        },
        "links": {"name": {"match": ["x"]}},
        "computed": {"mobile": "row.Z", "wechat": "lower("},
        "constants": {"account.industry": "cheese"}
    });
    let problems = world.refused(&world.admin, "A,B,C,D,E,F\n", mapping).await;
    assert_eq!(
        problems,
        [
            "account.industry: choice_unknown",
            "account.parent.parent.parent.name: path_deep",
            "birthday: date_pattern_invalid",
            "created_at: unknown_field",
            "match_on: match_unmapped",
            "match_on: unknown_field",
            "mobile: formula_name",
            "name: field_twice",
            "name: unknown_field",
            "phone: column_unknown",
            "shoe_size: unknown_field",
            "wechat: formula_end",
        ]
    );
}

#[tokio::test]
async fn a_misspelt_name_is_reported_with_what_was_meant_and_mended_by_a_translation() {
    for on in BOTH {
        let world = World::new(on).await;
        world.make("product", json!({"name": "GTX Pro", "price": "4821"})).await;
        let deals = "Name,What,Who\nOne,GTXPro,Ada Admin\nTwo,GTX Pro,ada@firm.example\nThree,GTX Pro,Nobody\n";
        let mut mapping = json!({
            "object": "opportunity",
            "columns": {"Name": {"field": "name"}, "What": {"field": "product"}, "Who": {"field": "owner"}}
        });
        let import = world.import(deals, mapping.clone()).await;
        expect_counts(&import, "done", [1, 0, 0, 2]);
        let errors = world.errors_of(&import).await;
        assert!(
            errors.contains("What: There is no Product “GTXPro”. Did you mean “GTX Pro”?"),
            "{errors}"
        );
        assert!(errors.contains("Who: There is no User “Nobody”."), "{errors}");
        mapping["columns"]["What"]["translate"] = json!({"GTXPro": "GTX Pro"});
        let import = world.import(deals, mapping).await;
        expect_counts(&import, "done", [2, 0, 0, 1]);
    }
}

#[tokio::test]
async fn several_values_of_one_cell_and_links_made_by_name() {
    for on in BOTH {
        let world = World::new(on).await;
        world.make("tag", json!({"name": "vip"})).await;
        let mapping = json!({
            "object": "account",
            "columns": {
                "Name": {"field": "name"},
                "Tags": {"field": "tags", "list": "/"},
                "Kind": {"field": "relations", "list": "/"},
                "Up": {"field": "parent"}
            },
            "links": {"tags": {"if_missing": "create"}, "parent": {"if_missing": "empty"}}
        });
        let text = "Name,Tags,Kind,Up\nA,vip/new,Customer/供应商,\nB,new,,A\nC,,,Z\n";
        let import = world.import(text, mapping).await;
        expect_counts(&import, "done", [3, 0, 0, 0]);
        assert_eq!(world.all("tag").await.len(), 2);
        let accounts = world.all("account").await;
        let account = |name: &str| accounts.iter().find(|a| a["name"] == name).unwrap();
        assert_eq!(account("B")["parent"]["title"], "A");
        assert!(account("C")["parent"].is_null());
        assert_eq!(account("A")["relations"], json!(["customer", "supplier"]));
        assert_eq!(account("A")["tags"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_first_look_guesses_the_mapping() {
    let world = World::new(On::Sqlite).await;
    let text = "客户名称,所属行业,E-mail,联系电话,成立年份,Nonsense\n北京科技,科技,a@b.example,13800138000,1999,?\n";
    let file = world.put("客户.csv", text).await;
    let look = world.workspace.inspect_import(&world.admin, file, None).await.unwrap();
    assert_eq!((look["kind"].as_str(), look["rows"].as_i64()), (Some("csv"), Some(1)));
    assert_eq!(look["columns"][0], json!({"name": "客户名称", "samples": ["北京科技"]}));
    let mapping = &look["mapping"];
    assert_eq!(mapping["object"], "account");
    for (column, field) in [
        ("客户名称", "name"),
        ("所属行业", "industry"),
        ("E-mail", "email"),
        ("联系电话", "phone"),
        ("成立年份", "founded_year"),
    ] {
        assert_eq!(mapping["columns"][column]["field"], field, "{column}");
    }
    assert!(mapping["columns"]["Nonsense"].is_null());
    let import = world.import(text, mapping.clone()).await;
    expect_counts(&import, "done", [1, 0, 0, 0]);
}
