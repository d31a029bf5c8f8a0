//! Imports the real data sets with the mappings of `docs/examples`, prints how long it took and how the sums came
//! out, as JSON for an independent check.
//!
//! `cargo run --release -p app --example import_real -- DATA PLACE crm|retail [undo]`, where PLACE is a new
//! directory or the DSN of a PostgreSQL database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use app::access::Actor;
use app::imports::Mapping;
use app::sign_in::Beginning;
use app::workspace::{Place, Profile, Workspace};
use model::Language;
use serde_json::{Value as Json, json};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples");

const CRM: [(&str, &str); 4] = [
    ("products.csv", "crm-sales-opportunities-products.json"),
    ("accounts.csv", "crm-sales-opportunities-accounts.json"),
    ("sales_teams.csv", "crm-sales-opportunities-teams.json"),
    ("sales_pipeline.csv", "crm-sales-opportunities-opportunities.json"),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, place, what, rest @ ..] = args.as_slice() else {
        return Err("give DATA PLACE crm|retail [undo]".into());
    };
    let workspace = open(place).await?;
    let actor = Actor::system();
    let data = Path::new(data);
    let mut last = Json::Null;
    if what == "crm" {
        for (file, mapping) in CRM {
            last = import(
                &workspace,
                &actor,
                &data.join("crm_sales_opportunities").join(file),
                mapping,
            )
            .await?;
        }
        let won = json!({"field": "status", "op": "eq", "value": "won"});
        sums(&workspace, &actor, "opportunity", &won, "owner", "sum:amount").await?;
        sums(&workspace, &actor, "opportunity", &won, "closed_at:quarter", "sum:amount").await?;
    } else {
        last = import(&workspace, &actor, &data.join("online_retail.csv.gz"), "online-retail.json")
            .await?;
        sums(&workspace, &actor, "order", &Json::Null, "ship_country", "sum:total").await?;
        sums(&workspace, &actor, "order", &Json::Null, "ordered_on:month", "sum:total").await?;
    }
    if rest.first().is_some_and(|word| word == "undo") {
        let began = Instant::now();
        let id = last["id"].as_str().unwrap_or("").parse()?;
        let undone = workspace.undo_import_now(&actor, id).await?;
        eprintln!(
            "undone in {:.1} s: {} {}",
            began.elapsed().as_secs_f64(),
            undone["status"],
            undone["error"]
        );
    }
    Ok(())
}

async fn open(place: &str) -> Result<Arc<Workspace>, Box<dyn std::error::Error>> {
    let files = if place.contains("://") { std::env::temp_dir() } else { PathBuf::from(place) };
    let place = match place.contains("://") {
        true => Place::Postgres {
            dsn: place.to_owned(),
            schema: format!("import_{}", std::process::id()),
        },
        false => Place::Sqlite { dir: PathBuf::from(place) },
    };
    let workspace = Workspace::open("real", &place, &files.join("files"), app::schema()).await?;
    let profile = Profile {
        locale: Language::En,
        currency: "GBP".to_owned(),
        country: "GB".to_owned(),
        time_zone: "Europe/London".to_owned(),
        ..Profile::default()
    };
    if workspace.needs_setup().await? {
        workspace
            .set_up(Beginning {
                profile,
                name: "Ada".to_owned(),
                email: "ada@example.com".to_owned(),
                password: "only for this measurement".to_owned(),
            })
            .await?;
    }
    Ok(Arc::new(workspace))
}

async fn import(
    workspace: &Arc<Workspace>,
    actor: &Actor,
    file: &Path,
    mapping: &str,
) -> Result<Json, Box<dyn std::error::Error>> {
    let mapping = Mapping::read(&serde_json::from_str(&std::fs::read_to_string(
        Path::new(EXAMPLES).join(mapping),
    )?)?)?;
    let began = Instant::now();
    let mut shown = Instant::now();
    let mut progress = |done: i64, total: i64| {
        if shown.elapsed().as_secs() >= 5 {
            shown = Instant::now();
            eprintln!(
                "  {done} of {total}, {:.0} a second",
                done as f64 / began.elapsed().as_secs_f64()
            );
        }
    };
    let record = workspace.import_path(actor, file, mapping, false, &mut progress).await?;
    let seconds = began.elapsed().as_secs_f64();
    let count = |name: &str| record[name].as_i64().unwrap_or(0);
    let all = count("rows_created")
        + count("rows_updated")
        + count("rows_skipped")
        + count("rows_failed");
    eprintln!(
        "{}: {} in {seconds:.2} s, {:.0} rows a second; {} rows = {} created + {} updated + {} skipped + {} failed {}",
        record["name"],
        record["status"],
        all as f64 / seconds,
        count("rows_total"),
        count("rows_created"),
        count("rows_updated"),
        count("rows_skipped"),
        count("rows_failed"),
        record["error"],
    );
    if all != count("rows_total") {
        return Err("rows were lost".into());
    }
    Ok(record)
}

async fn sums(
    workspace: &Workspace,
    actor: &Actor,
    object: &str,
    filter: &Json,
    group: &str,
    measure: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let filter = Some(filter).filter(|filter| !filter.is_null());
    let answer = workspace.aggregate(actor, object, group, measure, filter).await?;
    println!("{}", json!({"object": object, "group": group, "answer": answer}));
    Ok(())
}
