//! What people did: work on deals and leads, care for customers, a lively last week.

use jiff::{Timestamp, ToSpan};

use super::phrases::of_kind;
use super::signs;
use crate::calendar::HISTORY_DAYS;
use crate::random::Random;
use crate::world::{About, AccountKind, Activity, Outcome, World};

/// Care visits and calls a customer gets within the history, beyond its share by segment.
const CARE: f64 = 5.0;

/// Makes activities.
pub(crate) struct Diary<'a> {
    pub world: &'a World,
    pub entries: Vec<Activity>,
}

/// Fills the activities, oldest first.
pub(crate) fn activities(world: &mut World) {
    let mut diary = Diary { world, entries: Vec::new() };
    for index in 0..world.opportunities.len() {
        deal(&mut diary, index);
    }
    for index in 0..world.leads.len() {
        lead(&mut diary, index);
    }
    for index in 0..world.accounts.len() {
        care(&mut diary, index);
    }
    last_week(&mut diary);
    signs::signs(&mut diary);
    let mut entries = diary.entries;
    let now = world.now();
    entries.retain(|activity| activity.at <= now);
    entries.sort_by_key(|activity| activity.at);
    world.activities = entries;
}

impl Diary<'_> {
    /// An ordinary activity of `kind` by `owner`.
    pub fn add(
        &mut self,
        kind: &'static str,
        at: Timestamp,
        about: About,
        owner: usize,
        random: &mut Random,
    ) {
        let phrase = *random.pick(&of_kind(&self.world.phrases.activities, kind));
        let minutes = match kind {
            "call" => random.between(2, 25),
            "visit" | "meeting" => random.between(30, 150),
            _ => 0,
        };
        let is_incoming = matches!(kind, "call" | "mail" | "chat") && random.chance(0.25);
        let result = match kind {
            "call" => ["reached", "no_answer", "interested", "follow_up"]
                [random.weighted([5.0, 1.5, 2.0, 2.0].into_iter())],
            "visit" | "meeting" => {
                ["interested", "follow_up", "reached"][random.weighted([3.0, 2.0, 2.0].into_iter())]
            }
            _ => "",
        };
        let product = self.product(about, random);
        self.entries.push(Activity {
            at,
            kind,
            phrase,
            product,
            is_incoming,
            result,
            duration: i64::from(minutes) * 60,
            about,
            owner,
            next_contact: None,
        });
    }

    /// What it is about: the deal's products, otherwise any that is not brand-new.
    fn product(&self, about: About, random: &mut Random) -> usize {
        let deal = about.opportunity.map(|deal| &self.world.opportunities[deal]);
        if let Some(lead) = about.lead {
            return self.world.leads[lead].product;
        }
        match deal {
            Some(deal) if !deal.lines.is_empty() => random.pick(&deal.lines).product,
            _ => self.world.catalog.any_old(random),
        }
    }

    /// A contact of the account: one of the first `among`.
    fn contact(&self, account: usize, among: usize, random: &mut Random) -> usize {
        let (first, count) = self.world.accounts[account].contacts;
        first + random.below(count.min(among).max(1))
    }
}

/// The first response, then visits, mails and calls until the deal closes or today.
fn deal(diary: &mut Diary, index: usize) {
    let world = diary.world;
    let opportunity = &world.opportunities[index];
    let mut random = world.random("deal diary", index);
    let work = opportunity.work;
    let owner = opportunity.owner;
    let (first, count) = world.accounts[opportunity.account].contacts;
    let threads = work.threads.min(count);
    let about = |contact: usize| About {
        account: Some(opportunity.account),
        contact: Some(first + contact),
        opportunity: Some(index),
        lead: None,
    };
    let response = opportunity.created_at + i64::from(work.response_minutes).minutes();
    let kind = if random.chance(0.7) { "call" } else { "chat" };
    diary.add(kind, response, about(0), owner, &mut random);
    let from = opportunity.created + work.response_minutes / 1_440 + 1;
    let until = if opportunity.outcome == Outcome::Open { 0 } else { opportunity.close };
    let mut kinds = vec!["visit"; work.visits];
    kinds.extend(vec!["mail"; work.mails]);
    kinds.extend(vec!["call"; work.calls - 1]);
    // Everybody involved is met at least once.
    while kinds.len() + 1 < threads {
        kinds.push("chat");
    }
    if random.chance(0.3) {
        kinds.push("meeting");
    }
    if opportunity.outcome == Outcome::Open {
        // A young deal has not seen all of it yet.
        let part = f64::from(-opportunity.created) / 30.0;
        kinds.truncate((kinds.len() as f64 * part) as usize);
    }
    for (number, kind) in kinds.into_iter().enumerate() {
        let contact = if number + 1 < threads { number + 1 } else { random.below(threads) };
        let day = if from >= until { until } else { random.between(from, until) };
        let day = world.calendar.working(day).min(until);
        let at = world.calendar.office(day, &mut random).max(response);
        diary.add(kind, at, about(contact), owner, &mut random);
    }
    if opportunity.outcome == Outcome::Open && random.chance(0.35) {
        let next = world.calendar.working(random.between(1, 14));
        if let Some(last) = diary.entries.last_mut() {
            last.next_contact = Some(next);
        }
    }
}

fn lead(diary: &mut Diary, index: usize) {
    let world = diary.world;
    let lead = &world.leads[index];
    // Whoever is talked to is in process.
    if matches!(lead.status, "new" | "assigned") {
        return;
    }
    let mut random = world.random("lead diary", index);
    let about = About { lead: Some(index), ..About::default() };
    let at = lead.created_at + i64::from(lead.response_minutes).minutes();
    diary.add("call", at, about, lead.owner, &mut random);
    for _ in 0..random.poisson(0.6) {
        let day = lead.created + lead.response_minutes / 1_440 + random.between(1, 12);
        let day = world.calendar.working(day);
        let kind = if random.chance(0.5) { "mail" } else { "call" };
        let at = world.calendar.office(day, &mut random);
        if day <= 0 {
            diary.add(kind, at, about, lead.owner, &mut random);
        }
    }
}

/// Regular care: as much for those who leave as for those who stay.
fn care(diary: &mut Diary, index: usize) {
    let world = diary.world;
    let account = &world.accounts[index];
    let mut random = world.random("care", index);
    let share = match account.kind {
        AccountKind::Customer => 1.0,
        AccountKind::Competitor => return,
        _ => 0.5,
    };
    let since = account.created.max(-HISTORY_DAYS);
    let part = f64::from(-since) / f64::from(HISTORY_DAYS);
    let extra = account.buying.as_ref().map_or(0.0, |b| b.segment.plan().contacts * 3.0);
    for _ in 0..random.poisson((CARE + extra) * share * part * 1.6) {
        let day = world.calendar.working(random.between(since, 0));
        let kind = ["call", "visit", "mail", "meeting", "chat", "note"]
            [random.weighted([35.0, 15.0, 25.0, 6.0, 12.0, 7.0].into_iter())];
        let contact = diary.contact(index, 3, &mut random);
        let about = About { account: Some(index), contact: Some(contact), ..About::default() };
        let at = world.calendar.office(day, &mut random).max(account.created_at);
        diary.add(kind, at, about, account.owner, &mut random);
    }
}

/// Some work by everybody on each of the last days, so that the firm is alive today.
fn last_week(diary: &mut Diary) {
    let world = diary.world;
    let mut owned = vec![Vec::new(); world.users.len()];
    for (index, account) in world.accounts.iter().enumerate() {
        if account.kind == AccountKind::Customer && account.created < -10 {
            owned[account.owner].push(index);
        }
    }
    for owner in world.salespeople() {
        let mut random = world.random("last week", owner);
        for day in -6..=0 {
            let count = if world.calendar.is_working(day) { 2 } else { usize::from(day == 0) };
            for _ in 0..count {
                let Some(account) = (!owned[owner].is_empty()).then(|| *random.pick(&owned[owner]))
                else {
                    continue;
                };
                let contact = diary.contact(account, 2, &mut random);
                let (account, contact) = (Some(account), Some(contact));
                let about = About { account, contact, ..About::default() };
                let kind = *random.pick(&["call", "call", "mail", "chat", "visit"]);
                let at = world.calendar.office(day, &mut random);
                diary.add(kind, at, about, owner, &mut random);
            }
        }
    }
}
