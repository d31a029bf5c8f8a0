//! Tasks: done ones of the past, and for everybody some overdue, some for today, some to come.

use super::phrases::of_kind;
use crate::calendar::HISTORY_DAYS;
use crate::random::Random;
use crate::world::{AccountKind, Outcome, Task, World};

/// Fills the tasks, oldest first.
pub(crate) fn tasks(world: &mut World) {
    let mut tasks = Vec::new();
    for index in 0..world.opportunities.len() {
        deal(world, index, &mut tasks);
    }
    for (index, account) in world.accounts.iter().enumerate() {
        let mut random = world.random("old tasks", index);
        if account.kind == AccountKind::Customer && random.chance(0.5) {
            let day = random.between(account.created.max(-HISTORY_DAYS), -15);
            done(world, index, None, day, &mut random, &mut tasks);
        }
    }
    present(world, &mut tasks);
    tasks.sort_by_key(|task| task.created_at);
    world.tasks = tasks;
}

fn priority(random: &mut Random) -> &'static str {
    ["low", "normal", "high"][random.weighted([0.15, 0.6, 0.25].into_iter())]
}

/// A task that was done around its day, now and then late.
fn done(
    world: &World,
    account: usize,
    opportunity: Option<usize>,
    day: i32,
    random: &mut Random,
    tasks: &mut Vec<Task>,
) {
    let calendar = &world.calendar;
    let day = calendar.working(day);
    let due = day + random.between(1, 8);
    let done = (due + random.between(-1, 3)).clamp(day, -1);
    let created_at = calendar.office(day.min(-2), random).max(world.accounts[account].created_at);
    let done_at = calendar.office(done, random).max(created_at);
    let kind = if opportunity.is_some() { "deal" } else { "follow_up" };
    let cancelled = random.chance(0.05);
    tasks.push(Task {
        phrase: *random.pick(&of_kind(&world.phrases.tasks, kind)),
        created_at,
        due,
        done_at: (!cancelled).then_some(done_at),
        cancelled,
        priority: priority(random),
        account,
        opportunity,
        owner: world.accounts[account].owner,
    });
}

fn deal(world: &World, index: usize, tasks: &mut Vec<Task>) {
    let opportunity = &world.opportunities[index];
    let mut random = world.random("deal tasks", index);
    let until = if opportunity.outcome == Outcome::Open { -12 } else { opportunity.close };
    if until - opportunity.created < 5 || until > -12 || !random.chance(0.4) {
        return;
    }
    let day = random.between(opportunity.created + 1, until - 1);
    done(world, opportunity.account, Some(index), day, &mut random, tasks);
}

/// What each salesperson has to do now: (first day, last day, how many).
const PRESENT: [(i32, i32, usize); 3] = [(-12, -1, 3), (0, 0, 2), (1, 15, 8)];

fn present(world: &World, tasks: &mut Vec<Task>) {
    let mut owned = vec![Vec::new(); world.users.len()];
    let mut open = vec![Vec::new(); world.users.len()];
    for (index, account) in world.accounts.iter().enumerate() {
        if matches!(account.kind, AccountKind::Customer | AccountKind::Prospect) {
            owned[account.owner].push(index);
        }
    }
    for (index, opportunity) in world.opportunities.iter().enumerate() {
        if opportunity.outcome == Outcome::Open {
            open[opportunity.owner].push(index);
        }
    }
    for owner in world.salespeople() {
        let mut random = world.random("present tasks", owner);
        for (from, to, count) in PRESENT {
            for _ in 0..count {
                if !owned[owner].is_empty() {
                    let due = random.between(from, to);
                    let due = if due > 0 { world.calendar.working(due) } else { due };
                    let lists = (owned[owner].as_slice(), open[owner].as_slice());
                    tasks.push(to_do(world, owner, due, lists, &mut random));
                }
            }
        }
    }
}

fn to_do(
    world: &World,
    owner: usize,
    due: i32,
    (owned, open): (&[usize], &[usize]),
    random: &mut Random,
) -> Task {
    let opportunity = (!open.is_empty() && random.chance(0.5)).then(|| *random.pick(open));
    let account = match opportunity {
        Some(index) => world.opportunities[index].account,
        None => *random.pick(owned),
    };
    let kind = if opportunity.is_some() { "deal" } else { "follow_up" };
    let day = world.calendar.working(due.min(0) - random.between(1, 10)).min(-1);
    let mut created_at = world.calendar.office(day, random);
    created_at = created_at.max(world.accounts[account].created_at);
    if let Some(index) = opportunity {
        created_at = created_at.max(world.opportunities[index].created_at);
    }
    Task {
        phrase: *random.pick(&of_kind(&world.phrases.tasks, kind)),
        created_at,
        due,
        done_at: None,
        cancelled: false,
        priority: priority(random),
        account,
        opportunity,
        owner,
    }
}
