//! Search inside the process: how long the slowest of a hundred takes.

use std::time::Instant;

use app::{Actor, Workspace};

use crate::Outcome;
use crate::table::{Goal, Table};
use crate::world::Resting;

/// Times each is searched for.
const TIMES: usize = 200;

/// A Chinese name of two characters, pinyin initials, an English prefix, the tail of a phone number.
///
/// # Errors
/// The product's.
pub async fn measure(resting: &Resting, table: &mut Table) -> Outcome<()> {
    let files = resting.dir.join("main").join("files");
    let workspace = Workspace::open("main", &resting.place, &files, app::schema()).await?;
    let actor = Actor::system();
    let asked = [
        ("two characters", ["王伟", "李娜", "张敏", "刘强"]),
        ("pinyin initials", ["wxm", "lzh", "zm", "cyh"]),
        ("English prefix", ["joh", "Linda Wa", "olive", "mit"]),
        ("phone tail", ["4821", "90377", "123456", "8899"]),
    ];
    for (name, words) in asked {
        let mut took = Vec::with_capacity(TIMES);
        let mut found = 0;
        for time in 0..TIMES {
            let began = Instant::now();
            let objects = Some(vec!["contact".to_owned()]);
            let answer = workspace.search(&actor, words[time % words.len()], objects, 10).await?;
            took.push(began.elapsed().as_secs_f64() * 1e3);
            found += answer["items"].as_array().map_or(0, Vec::len);
        }
        took.sort_by(f64::total_cmp);
        let p99 = took[TIMES * 99 / 100];
        let shown = format!("p50 {:.2} ms, {} found a search", took[TIMES / 2], found / TIMES);
        table.line(&format!("search: {name}"), &shown, "", (p99, " ms p99"), Goal::AtMost(5.0));
    }
    Ok(())
}
