//! Lists, boards and records over HTTP, as a salesperson who sees a department.

use serde_json::{Value as Json, json};

use super::{Bench, CONNECTIONS, TIME};
use crate::Outcome;
use crate::floor::FIELDS;
use crate::load::{Connection, Figures, get, run};
use crate::table::Goal;

/// Rows of a page that is only walked through.
const WALKED_ROWS: usize = 200;

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn shown(figures: &Figures) -> String {
    let Figures { rate, cpu_ms, p99_ms, .. } = figures;
    format!("{rate:.0}/s, {cpu_ms:.3} ms CPU, p99 {p99_ms:.1} ms")
}

impl Bench<'_> {
    async fn product(&self, path: &str) -> Outcome<Figures> {
        let request = get(path, &self.world.rep);
        run(&self.world.server, CONNECTIONS, TIME, move |_, _| request.clone()).await
    }

    async fn bare(&self, path: &str) -> Outcome<Figures> {
        let request = get(path, "");
        run(self.floor, CONNECTIONS, TIME, move |_, _| request.clone()).await
    }

    async fn answer(&self, path: &str, headers: &str) -> Outcome<Json> {
        let mut connection = Connection::open(self.world.server.address).await?;
        let answer = connection.ask(&get(path, headers)).await?;
        Ok(serde_json::from_slice(&answer.body)?)
    }
}

/// Lists: plain, deep, narrowed, sorted; and the board.
///
/// # Errors
/// The network's; an answer that is not what it should be.
pub async fn lists(bench: &mut Bench<'_>) -> Outcome<()> {
    let list = format!("/api/v1/contacts?limit=50&fields=id,version,{FIELDS}");
    same_answer(bench, &list).await?;
    let floor = bench.bare("/contacts").await?;
    let plain = bench.product(&list).await?;
    let ratio = plain.rate / floor.rate;
    bench.table.line("list of 50", &shown(&plain), &shown(&floor), (ratio, ""), Goal::AtLeast(0.6));
    bench.table.line("– its CPU", "", "", (plain.cpu_ms, " ms"), Goal::AtMost(0.25));
    bench.costs.push(("list of 50".to_owned(), plain.cpu_ms));
    for (depth, name) in [(1_000 * 50, "page 1,000"), (usize::MAX, "last page")] {
        let Some((rows, cursor)) = walked(bench, depth).await? else { continue };
        let figures = bench.product(&format!("{list}&cursor={}", encoded(&cursor))).await?;
        let name = format!("{name} (after {rows} rows)");
        compare(bench, &name, &figures, &plain, 1.5);
    }
    let narrowed = [
        (
            "city and last 30 days",
            json!({"and": [{"field": "city", "op": "eq", "value": "上海"},
                           {"field": "updated_at", "op": "within", "value": "last_30_days"}]}),
        ),
        ("through a link", json!({"field": "account.industry", "op": "eq", "value": "retail"})),
    ];
    for (name, filter) in narrowed {
        let path = format!("{list}&filter={}", encoded(&filter.to_string()));
        let figures = bench.product(&path).await?;
        compare(bench, name, &figures, &plain, 2.0);
    }
    let figures = bench.product(&format!("{list}&sort=-last_contact_at")).await?;
    compare(bench, "sorted by a roll-up", &figures, &plain, 2.0);
    let figures = bench.product(&format!("{list}&sort=name")).await?;
    compare(bench, "sorted by name", &figures, &plain, 2.0);
    board(bench).await
}

fn compare(bench: &mut Bench<'_>, name: &str, figures: &Figures, plain: &Figures, most: f64) {
    let ratio = plain.rate / figures.rate;
    bench.table.line(name, &shown(figures), "the plain list", (ratio, " ×"), Goal::AtMost(most));
    bench.costs.push((name.to_owned(), figures.cpu_ms));
}

async fn board(bench: &mut Bench<'_>) -> Outcome<()> {
    let filter = encoded(r#"{"field":"status","op":"eq","value":"open"}"#);
    let path = format!(
        "/api/v1/opportunities/aggregate?group=owner,stage&measure=count,sum:amount&filter={filter}"
    );
    // All see the same here: the floor has no rights to narrow it.
    let request = get(&path, &bench.world.admin);
    let product = run(&bench.world.server, CONNECTIONS, TIME, move |_, _| request.clone()).await?;
    let floor = bench.bare("/board").await?;
    let ratio = floor.rate / product.rate;
    bench.table.line("board", &shown(&product), &shown(&floor), (ratio, " ×"), Goal::AtMost(1.5));
    bench.costs.push(("board".to_owned(), product.cpu_ms));
    Ok(())
}

/// The floor answers the administrator's list, but for the cursor.
async fn same_answer(bench: &Bench<'_>, list: &str) -> Outcome<()> {
    let product = bench.answer(list, &bench.world.admin).await?;
    let mut connection = Connection::open(bench.floor.address).await?;
    let floor = connection.ask(&get("/contacts", "")).await?;
    let floor: Json = serde_json::from_slice(&floor.body)?;
    if product["items"] != floor["items"] {
        let (product, floor) = (&product["items"][0], &floor["items"][0]);
        return Err(format!("the floor answers something else:\n{product}\n{floor}").into());
    }
    Ok(())
}

/// The cursor after about `rows` rows of the salesperson's list, or of the page before the last.
async fn walked(bench: &Bench<'_>, rows: usize) -> Outcome<Option<(usize, String)>> {
    let list = format!("/api/v1/contacts?limit={WALKED_ROWS}&fields=id");
    let (mut path, mut seen, mut last) = (list.clone(), 0, None);
    while seen < rows {
        let answer = bench.answer(&path, &bench.world.rep).await?;
        let Some(cursor) = answer["next"].as_str() else { break };
        seen += WALKED_ROWS;
        path = format!("{list}&cursor={}", encoded(cursor));
        last = Some((seen, cursor.to_owned()));
    }
    Ok(last)
}

/// A record with its first timeline page and its related lists.
///
/// # Errors
/// The network's.
pub async fn record(bench: &mut Bench<'_>) -> Outcome<()> {
    let list = bench.answer("/api/v1/accounts?limit=1&fields=id", &bench.world.rep).await?;
    let id = list["items"][0]["id"].as_str().ok_or("no account")?.to_owned();
    let of = encoded(&json!({"field": "account", "op": "eq", "value": id}).to_string());
    let paths = [
        format!("/api/v1/accounts/{id}"),
        format!("/api/v1/accounts/{id}/timeline?limit=20"),
        format!("/api/v1/contacts?limit=10&filter={of}"),
        format!("/api/v1/opportunities?limit=10&filter={of}"),
    ];
    let mut cpu_ms = 0.0;
    for path in &paths {
        let figures = bench.product(path).await?;
        eprintln!("    {path}: {}", shown(&figures));
        cpu_ms += figures.cpu_ms;
    }
    bench.table.line("record, timeline, related", "", "", (cpu_ms, " ms CPU"), Goal::AtMost(0.4));
    bench.costs.push(("record, timeline, related".to_owned(), cpu_ms));
    Ok(())
}
