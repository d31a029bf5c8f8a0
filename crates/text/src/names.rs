//! How Chinese names are read: pinyin per character, with the surnames that are read otherwise.
//! Readings follow 现代汉语词典 and 百家姓; not a word segmenter.

use pinyin::ToPinyin;

/// A surname whose reading differs from the ordinary one of its characters.
pub(crate) struct Surname {
    pub written: &'static str,
    /// One reading per character, without tone.
    pub readings: &'static [&'static str],
    /// Characters of the same sound and tone whose ordinary reading is the right one, to sort by.
    pub sounds_like: &'static str,
}

const fn surname(
    written: &'static str,
    readings: &'static [&'static str],
    sounds_like: &'static str,
) -> Surname {
    Surname { written, readings, sounds_like }
}

/// Compound surnames first, so that 单于 is not taken for 单.
pub(crate) const SURNAMES: &[Surname] = &[
    surname("万俟", &["mo", "qi"], "末其"),
    surname("萬俟", &["mo", "qi"], "末其"),
    surname("单于", &["chan", "yu"], "蝉于"),
    surname("單于", &["chan", "yu"], "蝉于"),
    surname("尉迟", &["yu", "chi"], "玉迟"),
    surname("尉遲", &["yu", "chi"], "玉迟"),
    surname("澹台", &["tan", "tai"], "谈台"),
    surname("澹臺", &["tan", "tai"], "谈台"),
    surname("长孙", &["zhang", "sun"], "掌孙"),
    surname("長孫", &["zhang", "sun"], "掌孙"),
    surname("乐正", &["yue", "zheng"], "月正"),
    surname("樂正", &["yue", "zheng"], "月正"),
    surname("令狐", &["ling", "hu"], "灵狐"),
    surname("子车", &["zi", "ju"], "子居"),
    surname("子車", &["zi", "ju"], "子居"),
    surname("中行", &["zhong", "hang"], "中航"),
    surname("夹谷", &["jia", "gu"], "颊谷"),
    surname("夾谷", &["jia", "gu"], "颊谷"),
    surname("拓跋", &["tuo", "ba"], "唾拔"),
    surname("单", &["shan"], "善"),
    surname("單", &["shan"], "善"),
    surname("解", &["xie"], "谢"),
    surname("仇", &["qiu"], "求"),
    surname("查", &["zha"], "渣"),
    surname("区", &["ou"], "欧"),
    surname("區", &["ou"], "欧"),
    surname("曾", &["zeng"], "增"),
    surname("任", &["ren"], "人"),
    surname("盖", &["ge"], "舸"),
    surname("蓋", &["ge"], "舸"),
    surname("华", &["hua"], "化"),
    surname("華", &["hua"], "化"),
    surname("朴", &["piao"], "瓢"),
    surname("翟", &["zhai"], "宅"),
    surname("乐", &["yue"], "月"),
    surname("樂", &["yue"], "月"),
    surname("覃", &["qin"], "秦"),
    surname("缪", &["miao"], "妙"),
    surname("繆", &["miao"], "妙"),
    surname("卜", &["bu"], "补"),
    surname("薄", &["bo"], "博"),
    surname("能", &["nai"], "耐"),
    surname("蔚", &["yu"], "玉"),
    surname("都", &["du"], "督"),
    surname("乜", &["nie"], "聂"),
    surname("佴", &["nai"], "耐"),
    surname("郇", &["xun"], "旬"),
    surname("折", &["she"], "蛇"),
    surname("种", &["chong"], "虫"),
    surname("繁", &["po"], "婆"),
    surname("员", &["yun"], "韵"),
    surname("員", &["yun"], "韵"),
    surname("黑", &["he"], "贺"),
    surname("秘", &["bi"], "必"),
    surname("么", &["yao"], "腰"),
    surname("句", &["gou"], "沟"),
    surname("勾", &["gou"], "沟"),
    surname("召", &["shao"], "绍"),
    surname("祭", &["zhai"], "债"),
    surname("晟", &["cheng"], "成"),
    surname("隗", &["wei"], "伟"),
    surname("牟", &["mu"], "木"),
    surname("洗", &["xian"], "显"),
    surname("贲", &["ben"], "奔"),
    surname("盛", &["sheng"], "圣"),
    surname("冯", &["feng"], "逢"),
    surname("馮", &["feng"], "逢"),
    surname("贾", &["jia"], "甲"),
    surname("賈", &["jia"], "甲"),
    surname("沈", &["shen"], "审"),
    surname("叶", &["ye"], "页"),
    surname("葉", &["ye"], "页"),
    surname("葛", &["ge"], "舸"),
    surname("燕", &["yan"], "烟"),
    surname("宁", &["ning"], "凝"),
    surname("应", &["ying"], "英"),
    surname("應", &["ying"], "英"),
    surname("令", &["ling"], "灵"),
    surname("过", &["guo"], "锅"),
    surname("過", &["guo"], "锅"),
    surname("要", &["yao"], "腰"),
    surname("占", &["zhan"], "沾"),
    surname("石", &["shi"], "时"),
    surname("撒", &["sa"], "洒"),
    surname("柏", &["bai"], "百"),
    surname("宿", &["su"], "素"),
    surname("谌", &["chen"], "陈"),
    surname("諶", &["chen"], "陈"),
    surname("藏", &["zang"], "脏"),
    surname("相", &["xiang"], "向"),
    surname("曲", &["qu"], "驱"),
    surname("干", &["gan"], "甘"),
    surname("於", &["yu"], "迂"),
];

/// Other readings that people type for characters common in given names, places and firms, beside
/// the ordinary one (and beside the surname reading).
const OTHER_READINGS: &[(char, &[&str])] = &[
    ('乐', &["yue"]),
    ('樂', &["yue"]),
    ('行', &["hang"]),
    ('长', &["chang"]),
    ('長', &["chang"]),
    ('重', &["chong"]),
    ('朝', &["zhao"]),
    ('茜', &["xi"]),
    ('柏', &["bo"]),
    ('都', &["du"]),
    ('厦', &["xia"]),
    ('六', &["lu"]),
    ('番', &["pan"]),
    ('会', &["kuai"]),
    ('调', &["tiao"]),
    ('传', &["zhuan"]),
    ('校', &["jiao"]),
    ('阿', &["e"]),
    ('藏', &["zang"]),
    ('降', &["xiang"]),
    ('盛', &["cheng"]),
    ('石', &["dan"]),
    ('隗', &["kui"]),
    ('覃', &["tan"]),
    ('谌', &["shen"]),
    ('牟', &["mou"]),
    ('莘', &["xin"]),
    ('郇', &["huan"]),
    ('澄', &["deng"]),
    ('晟', &["cheng"]),
    ('尉', &["yu"]),
    ('车', &["ju"]),
    ('系', &["ji"]),
    ('率', &["lv"]),
    ('角', &["jue"]),
    ('朴', &["piao"]),
    ('蚌', &["beng"]),
    ('埔', &["bu"]),
];

/// The surname of the table that `name` starts with, if any.
pub(crate) fn surname_of(name: &str) -> Option<&'static Surname> {
    SURNAMES.iter().find(|surname| name.starts_with(surname.written))
}

/// All readings of one character, the ordinary one first, `ü` spelled `v`, `u` and `yu` as people
/// type it; empty if the character has no pinyin.
pub(crate) fn readings(c: char) -> Vec<String> {
    let Some(ordinary) = c.to_pinyin() else { return Vec::new() };
    let mut found = Vec::with_capacity(1);
    let others = OTHER_READINGS.iter().find(|(written, _)| *written == c);
    let others = others.map_or(&[][..], |(_, readings)| readings);
    for reading in std::iter::once(ordinary.plain()).chain(others.iter().copied()) {
        push_typed(reading, &mut found);
    }
    found
}

fn push_typed(reading: &str, found: &mut Vec<String>) {
    if reading.contains('ü') {
        // 吕 is typed lv, printed lu on cards and lyu in passports.
        found.extend(["v", "u", "yu"].map(|typed| reading.replace('ü', typed)));
    } else if reading.is_ascii() {
        found.push(reading.to_owned());
    } else {
        found.push(crate::fold::search_fold(reading));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_surname_sorts_by_characters_that_sound_like_it() {
        for surname in SURNAMES {
            assert_eq!(surname.written.chars().count(), surname.readings.len());
            let sounds: Vec<_> = surname.sounds_like.chars().collect();
            assert_eq!(sounds.len(), surname.readings.len(), "{}", surname.written);
            for (sound, reading) in sounds.iter().zip(surname.readings) {
                assert_eq!(readings(*sound)[0], *reading, "{} as {sound}", surname.written);
            }
        }
    }

    #[test]
    fn the_longest_surname_wins() {
        assert_eq!(surname_of("单于明").map(|s| s.readings), Some(&["chan", "yu"][..]));
        assert_eq!(surname_of("单明").map(|s| s.readings), Some(&["shan"][..]));
        assert!(surname_of("王单").is_none());
    }

    #[test]
    fn umlauts_are_spelled_as_typed() {
        assert_eq!(readings('吕'), ["lv", "lu", "lyu"]);
        assert_eq!(readings('略')[0], "lve");
        assert!(readings('a').is_empty());
    }
}
