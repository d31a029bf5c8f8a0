//! Departments and users: head office, four sales regions, service, marketing, purchasing.

use std::collections::HashMap;

use super::Names;
use crate::Language;
use crate::names::Speech;
use crate::names::places::{Region, mobile};
use crate::random::Random;
use crate::world::{Department, Habits, User, World};

/// Index of the first regional department; the regions follow in the order of [`Region`].
const FIRST_REGION: usize = 2;
const SERVICE: usize = 6;
const MARKETING: usize = 7;
const PURCHASING: usize = 8;
/// Index of the administrator among the users.
pub(crate) const ADMINISTRATOR: usize = 1;

/// The departments, parents first.
pub(crate) fn departments(language: Language) -> Vec<Department> {
    let rows = [
        ("HQ", "总部", "Head office", None),
        ("SALES", "销售中心", "Sales", Some(0)),
        ("NORTH", "华北大区", "Sales North", Some(1)),
        ("EAST", "华东大区", "Sales East", Some(1)),
        ("SOUTH", "华南大区", "Sales South", Some(1)),
        ("OVERSEAS", "海外事业部", "Sales Overseas", Some(1)),
        ("SERVICE", "客户服务部", "Customer service", Some(0)),
        ("MARKETING", "市场部", "Marketing", Some(0)),
        ("PURCHASING", "采购部", "Purchasing", Some(0)),
    ];
    rows.into_iter()
        .map(|(code, zh, en, parent)| Department { code, name: language.of(zh, en), parent })
        .collect()
}

/// Share of each region among the salespeople, in the order of [`Region`].
pub(crate) fn region_shares(language: Language) -> [(Region, f64); 4] {
    let shares = language.of([0.19, 0.25, 0.21, 0.35], [0.10, 0.13, 0.12, 0.65]);
    let regions = [Region::North, Region::East, Region::South, Region::Overseas];
    std::array::from_fn(|index| (regions[index], shares[index]))
}

struct Post {
    title: (&'static str, &'static str),
    department: usize,
    leads_department: bool,
    manager: Option<usize>,
    role: &'static str,
    region: Option<Region>,
    sells: bool,
}

fn post(title: (&'static str, &'static str), department: usize, role: &'static str) -> Post {
    let (leads_department, manager, region, sells) = (false, Some(0), None, false);
    Post { title, department, leads_department, manager, role, region, sells }
}

fn posts(world: &World) -> Vec<Post> {
    let head = |post: Post| Post { leads_department: true, ..post };
    let mut posts = vec![
        Post {
            manager: None, ..head(post(("总经理", "Managing Director"), 0, "sales_manager"))
        },
        post(("系统管理员", "System Administrator"), 0, "administrator"),
        head(post(("销售总监", "Sales Director"), 1, "sales_manager")),
    ];
    let shares = region_shares(world.language());
    for (index, (region, _)) in shares.into_iter().enumerate() {
        let title = ("大区经理", "Regional Manager");
        let post = head(post(title, FIRST_REGION + index, "sales_manager"));
        posts.push(Post { manager: Some(2), region: Some(region), ..post });
    }
    let count = world.scaled(24.0, 4).min(400);
    for index in 0..count {
        // Evenly through the shares, so that each region has people even in a tiny firm.
        let mut left = (index as f64 + 0.5) / count as f64;
        if count < 8 {
            left = shares[..index % 4].iter().map(|s| s.1).sum::<f64>() + 0.01;
        }
        let mut at = 0;
        while at < 3 && left >= shares[at].1 {
            left -= shares[at].1;
            at += 1;
        }
        let post = post(("客户经理", "Account Manager"), FIRST_REGION + at, "salesperson");
        let manager = Some(FIRST_REGION + 1 + at);
        posts.push(Post { manager, region: Some(shares[at].0), sells: true, ..post });
    }
    for (department, role, chief, member, staff) in [
        (SERVICE, "service", ("服务经理", "Service Manager"), ("客服专员", "Service Agent"), 4.0),
        (MARKETING, "marketer", ("市场经理", "Marketing Manager"), ("市场专员", "Marketer"), 2.0),
        (PURCHASING, "buyer", ("采购经理", "Purchasing Manager"), ("采购专员", "Buyer"), 2.0),
    ] {
        let manager = posts.len();
        posts.push(head(post(chief, department, role)));
        for _ in 0..world.scaled(staff, 1) {
            posts.push(Post { manager: Some(manager), ..post(member, department, role) });
        }
    }
    posts
}

/// Skill is spread evenly over the salespeople, so that every firm has good ones and bad ones; each
/// habit follows it half-way.
fn habits(index: usize, random: &mut Random) -> Habits {
    // The golden ratio: any stretch of the sequence is spread evenly.
    let skill = (index as f64 * 0.618_033_988_749_895).fract();
    let mut share = || 0.1 + 0.8 * (0.55 * skill + 0.45 * random.unit());
    let (fast, visits, threads) = (share(), share(), share());
    Habits { fast, visits, threads, mails: 1.0 + 3.0 * random.unit() }
}

/// Fills the users.
pub(crate) fn people(world: &mut World, names: &Names) {
    let chinese = world.language().chinese_share();
    let mut taken: HashMap<String, usize> = HashMap::new();
    for (index, post) in posts(world).into_iter().enumerate() {
        let mut random = world.random("user", index);
        let share = match post.region {
            Some(Region::Overseas) => chinese - 0.35,
            Some(_) => 0.97,
            None => chinese + 0.2,
        };
        let speech = if random.chance(share) { Speech::Chinese } else { Speech::English };
        let name = names.people.make(speech, &mut random);
        let same = taken.entry(name.latin.clone()).or_default();
        *same += 1;
        let number = if *same > 1 { same.to_string() } else { String::new() };
        world.users.push(User {
            email: format!("{}{number}@demo.guanxi.example", name.latin),
            name,
            phone: mobile(&mut random),
            title: world.language().of(post.title.0, post.title.1),
            department: post.department,
            leads_department: post.leads_department,
            manager: post.manager,
            role: post.role,
            speech,
            region: post.region,
            habits: post.sells.then(|| habits(index, &mut random)),
        });
    }
}
