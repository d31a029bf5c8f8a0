//! Names of people, with their Latin spelling for e-mail addresses.

use super::Speech;
use crate::lists::{number, rows};
use crate::random::Random;

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// As written: 王小明, Clara Thornton.
    pub name: String,
    /// Lower-case Latin: `wang.xiaoming`, `clara.thornton`.
    pub latin: String,
}

/// Well-known people whose names the lists could make by chance.
pub(crate) const REAL_PEOPLE: &[&str] = &[
    "马云",
    "马明",
    "王健林",
    "王思",
    "刘翔",
    "姚明",
    "李娜",
    "成龙",
    "刘德华",
    "李宁",
    "李泽",
    "任飞",
    "杨洋",
    "李晨",
    "王毅",
    "李强",
    "李晓鹏",
    "雷军",
    "李飞飞",
    "王志文",
    "王志",
    "陈思诚",
    "李国",
    "李嘉诚",
    "马明宇",
    "孙红雷",
    "刘涛",
    "杨梦",
    "赵薇",
    "周迅",
    "张艺",
    "张文宏",
    "王宁",
    "刘国梁",
    "马龙",
    "邓亚萍",
    "林丹",
    "Clara Barton",
    "Emma Stone",
    "Emma Watson",
    "Daniel Craig",
    "Charles Dalton",
    "Samuel Beckett",
    "Edward Thackeray",
    "Martin Landau",
    "Stephen Hawking",
    "William Blackwood",
    "Oliver Twist",
];

/// Makes names.
#[derive(Debug)]
pub(crate) struct People {
    surnames: Vec<(&'static str, &'static str, f64)>,
    given: Vec<(&'static str, &'static str)>,
    first: Vec<&'static str>,
    last: Vec<&'static str>,
}

impl People {
    /// Reads the lists.
    pub fn new() -> People {
        let english: Vec<_> = rows(include_str!("../data/english_names.tsv")).collect();
        let of = |kind: &str| english.iter().filter(|r| r[0] == kind).map(|r| r[1]).collect();
        People {
            surnames: rows(include_str!("../data/surnames.tsv"))
                .map(|r| (r[0], r[1], number(r[2])))
                .collect(),
            given: rows(include_str!("../data/given_names.tsv")).map(|r| (r[0], r[1])).collect(),
            first: of("first"),
            last: of("last"),
        }
    }

    /// A name that is not a well-known person's.
    pub fn make(&self, speech: Speech, random: &mut Random) -> PersonName {
        loop {
            let made = match speech {
                Speech::Chinese => self.chinese(random),
                Speech::English => self.english(random),
            };
            if !REAL_PEOPLE.contains(&made.name.as_str()) {
                return made;
            }
        }
    }

    fn chinese(&self, random: &mut Random) -> PersonName {
        let index = random.weighted(self.surnames.iter().map(|s| s.2));
        let (surname, surname_latin, _) = self.surnames[index];
        let (mut name, mut latin) = (surname.to_owned(), format!("{surname_latin}."));
        let characters = if random.chance(0.25) { 1 } else { 2 };
        for _ in 0..characters {
            let (character, sound) = random.pick(&self.given);
            name.push_str(character);
            latin.push_str(sound);
        }
        PersonName { name, latin }
    }

    fn english(&self, random: &mut Random) -> PersonName {
        let (first, last) = (random.pick(&self.first), random.pick(&self.last));
        let latin = format!("{first}.{last}").to_ascii_lowercase();
        PersonName { name: format!("{first} {last}"), latin }
    }
}
