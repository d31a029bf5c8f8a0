//! The rows that are loaded: people, firms and deals as CSV files, the same on each run.

use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

use crate::dice::Dice;

/// Departments of the firm.
pub const DEPARTMENTS: usize = 10;
/// Its salespeople, spread evenly over the departments.
pub const USERS: usize = 200;

/// How much there is of each object.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Contacts.
    pub contacts: usize,
}

impl Size {
    /// Accounts: a fifth of the contacts.
    pub fn accounts(self) -> usize {
        self.contacts / 5
    }

    /// Opportunities: three tenths of the contacts.
    pub fn opportunities(self) -> usize {
        self.contacts * 3 / 10
    }
}

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢",
];
const GIVEN: [&str; 40] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "兰", "霞", "平", "刚", "桂", "英", "华", "玉", "萍", "红", "建", "文", "志", "海", "小",
    "晓", "雪", "梅", "鹏", "飞", "宇", "浩", "欣",
];
const FIRST: [&str; 20] = [
    "James", "Mary", "Robert", "Linda", "David", "Susan", "Karen", "Paul", "Laura", "Kevin",
    "Brian", "Emma", "Oliver", "Sophia", "Lucas", "Grace", "Henry", "Alice", "Peter", "Nina",
];
const LAST: [&str; 20] = [
    "Smith", "Johnson", "Brown", "Taylor", "Miller", "Wilson", "Moore", "Clark", "Lewis", "Walker",
    "Young", "King", "Wright", "Scott", "Green", "Baker", "Adams", "Nelson", "Carter", "Mitchell",
];
/// Cities, of which contacts live in one each.
pub const CITIES: [&str; 12] = [
    "上海", "北京", "广州", "深圳", "杭州", "成都", "London", "Leeds", "Berlin", "Paris", "Boston",
    "Seattle",
];
/// Industries as the account knows them.
pub const INDUSTRIES: [&str; 4] = ["retail", "manufacturing", "finance", "education"];
const ROLES: [&str; 5] = ["decision_maker", "influencer", "user", "gatekeeper", ""];

/// The e-mail address of user number `n`.
pub fn user_email(n: usize) -> String {
    format!("user{n}@example.com")
}

/// What one contact's row says.
pub struct Contact {
    /// Name.
    pub name: String,
    /// The account's external id.
    pub account: String,
    /// The owner's number.
    pub owner: usize,
    /// Other columns: job title, mobile, e-mail, city, role in decisions, external id.
    pub rest: [String; 6],
}

/// Contact number `n`, of a firm of `size`.
pub fn contact(dice: &mut Dice, n: usize, size: Size) -> Contact {
    let (name, country) = if dice.roll(3) == 0 {
        (format!("{} {}", dice.pick(&FIRST), dice.pick(&LAST)), "+44")
    } else {
        let second = if dice.roll(3) == 0 { "" } else { dice.pick(&GIVEN) };
        (format!("{}{}{second}", dice.pick(&SURNAMES), dice.pick(&GIVEN)), "+86")
    };
    let mobile = match country {
        "+86" => format!("+861{}{:09}", 3 + dice.roll(7), dice.roll(1_000_000_000)),
        _ => format!("+447700900{:03}", dice.roll(1_000)),
    };
    let account = dice.roll(size.accounts());
    Contact {
        name,
        account: format!("A{account}"),
        owner: account % USERS,
        rest: [
            dice.pick(&["经理", "总监", "Buyer", "CEO", "工程师"]).to_owned(),
            mobile,
            format!("c{n}@example.org"),
            dice.pick(&CITIES).to_owned(),
            dice.pick(&ROLES).to_owned(),
            format!("C{n}"),
        ],
    }
}

fn file(path: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 16, File::create(path)?))
}

/// Writes the accounts' file.
///
/// # Errors
/// The disk's.
pub fn write_accounts(path: &Path, size: Size) -> Result<()> {
    let (mut to, mut dice) = (file(path)?, Dice::new(11));
    writeln!(to, "Name,External ID,Industry,City,Owner")?;
    for n in 0..size.accounts() {
        let name = format!("{}{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN), dice.pick(&GIVEN));
        let kind = dice.pick(&["科技有限公司", "贸易公司", "Trading Ltd", "集团"]);
        let (industry, city) = (dice.pick(&INDUSTRIES), dice.pick(&CITIES));
        writeln!(to, "{name}{kind},A{n},{industry},{city},{}", user_email(n % USERS))?;
    }
    to.flush()
}

/// Writes the contacts' file.
///
/// # Errors
/// The disk's.
pub fn write_contacts(path: &Path, size: Size) -> Result<()> {
    let (mut to, mut dice) = (file(path)?, Dice::new(12));
    writeln!(to, "Name,Account,Owner,Job,Mobile,E-mail,City,Role,External ID")?;
    for n in 0..size.contacts {
        let one = contact(&mut dice, n, size);
        let owner = user_email(one.owner);
        writeln!(to, "{},{},{owner},{}", one.name, one.account, one.rest.join(","))?;
    }
    to.flush()
}

/// Writes the opportunities' file.
///
/// # Errors
/// The disk's.
pub fn write_opportunities(path: &Path, size: Size) -> Result<()> {
    let (mut to, mut dice) = (file(path)?, Dice::new(13));
    writeln!(to, "Name,Account,Owner,Amount,External ID")?;
    for n in 0..size.opportunities() {
        let account = dice.roll(size.accounts());
        let amount = 100 + dice.roll(1_000_000);
        writeln!(to, "Deal {n},A{account},{},{amount},O{n}", user_email(account % USERS))?;
    }
    to.flush()
}
