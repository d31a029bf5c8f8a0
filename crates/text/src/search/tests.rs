//! Documents and queries tested together: what is written must be found as people type it.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(kind: Kind, value: &str, found_by: &[&str], not_by: &[&str]) {
    let tokens = document_tokens(kind, value);
    for query in found_by {
        assert!(query_tokens(query).matches(&tokens), "{query} finds {value}: {tokens:?}");
    }
    for query in not_by {
        assert!(!query_tokens(query).matches(&tokens), "{query} must not find {value}");
    }
}

#[test]
fn words_are_found_by_their_beginning() {
    check(
        Kind::Text,
        "Renewal of the GTX-Pro licence, Müller & Söhne",
        &["renew", "GTX", "gtxpro", "gtx-pro", "muller", "SÖHNE licence", "ＧＴＸ"],
        &["newal", "licenses", "gtxpros"],
    );
}

#[test]
fn any_part_of_a_chinese_text_is_found() {
    check(
        Kind::Text,
        "上海华为技术有限公司采购Mate60手机",
        &["上海", "华为", "华", "技术有限", "mate", "华为mate60", "采购 手机", "机"],
        &["海上", "小米", "为华"],
    );
}

#[test]
fn people_are_found_by_characters_pinyin_and_initials() {
    check(
        Kind::Name,
        "王小明",
        &[
            "王",
            "小明",
            "王小明",
            "wangxiaoming",
            "wang xiao ming",
            "wang",
            "xiaoming",
            "wxm",
            "xm",
            "wangxm",
            "WANGXIAO",
            "wang小明",
            "xiao",
        ],
        &["张", "wxl", "zhang", "王明明"],
    );
    check(
        Kind::Name,
        "John O'Brien",
        &["john", "obrien", "o'brien", "johnobrien", "brien"],
        &["jo b x"],
    );
}

#[test]
fn polyphonic_surnames_are_read_as_surnames() {
    for (name, pinyin, initials) in [
        ("单小明", "shanxiaoming", "sxm"),
        ("解放", "xiefang", "xf"),
        ("仇英", "qiuying", "qy"),
        ("查良镛", "zhaliangyong", "zly"),
        ("区小红", "ouxiaohong", "oxh"),
        ("曾国藩", "zengguofan", "zgf"),
        ("任正", "renzheng", "rz"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("华罗庚", "hualuogeng", "hlg"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("单于明", "chanyuming", "cym"),
        ("朴正", "piaozheng", "pz"),
        ("翟志刚", "zhaizhigang", "zzg"),
        ("乐嘉", "yuejia", "yj"),
        ("長孫無忌", "zhangsunwuji", "zswj"),
        ("吕布", "lvbu", "lb"),
        ("吕布", "lubu", "lb"),
        ("吕布", "lyubu", "lb"),
        ("覃海洋", "qinhaiyang", "qhy"),
        ("覃海洋", "tanhaiyang", "thy"),
        ("王乐", "wangyue", "wy"),
        ("王乐", "wangle", "wl"),
    ] {
        check(Kind::Name, name, &[pinyin, initials, name], &["qqq"]);
    }
    check(Kind::Name, "长城汽车重庆厦门", &["changcheng", "chongqing", "xiamen"], &[]);
    check(
        Kind::Name,
        "上海华为技术有限公司",
        &["huawei", "hwjs", "shhw", "shanghaihuaweijishuyouxiangongsi"],
        &[],
    );
}

#[test]
fn phones_are_found_by_any_beginning_and_by_their_tails() {
    let mobile = "+86 138-1234-5678";
    check(
        Kind::Phone,
        mobile,
        &[
            "13812345678",
            "1381",
            "138",
            "5678",
            "45678",
            "345678",
            "2345678",
            "12345678",
            "+8613812345678",
            "8613812345678",
            "008613812345678",
            "013812345678",
            "138 1234 5678",
            "138-1234-5678",
            "１３８",
            "+86 138",
        ],
        &["678", "1391", "9999"],
    );
    check(
        Kind::Phone,
        "021-68881234转801",
        &[
            "68881234",
            "021",
            "02168881234",
            "021-6888 1234",
            "(021)68881234",
            "1234",
            "801",
            "+86 21",
        ],
        &["9999"],
    );
    check(Kind::Phone, "+1 415 555 2671", &["415", "2671", "4155552671", "14155552671"], &[]);
    check(Kind::Phone, "call 12-34 or ask", &["1234", "ask"], &[]);
}

#[test]
fn addresses_and_codes_are_found_whole_and_in_parts() {
    check(
        Kind::Email,
        "Wang.Xiaoming@Mail.Example.com",
        &[
            "wang.xiaoming@mail.example.com",
            "wang",
            "xiaoming",
            "wangxiaoming",
            "example.com",
            "mailexample",
            "@mail.example",
            "com",
        ],
        &["gmail"],
    );
    check(
        Kind::Code,
        "HT2024-0012/A",
        &["HT2024-0012/A", "ht20240012", "ht", "2024", "0012", "12", "ht 2024", "HT2024-12", "a"],
        &["2025"],
    );
}

#[test]
fn a_query_without_letters_asks_nothing() {
    for query in ["", "  ", "\"*'()", "。、", "\u{200b}"] {
        assert!(query_tokens(query).is_empty(), "{query:?}");
    }
}

#[test]
fn long_words_are_cut_on_both_sides() {
    let word = "a".repeat(100);
    check(Kind::Text, &word, &[&word, "aaa"], &["b"]);
}

#[test]
fn tokens_and_terms_are_capped() {
    let long: String = ('\u{4e00}'..'\u{9fff}').collect();
    for kind in KINDS {
        assert!(document_tokens(kind, &long).len() <= DOCUMENT_TOKENS_MAX);
    }
    assert_eq!(query_tokens(&long).terms.len(), QUERY_TERMS_MAX);
}

const KINDS: [Kind; 5] = [Kind::Text, Kind::Name, Kind::Phone, Kind::Email, Kind::Code];

fn is_token(token: &str) -> bool {
    !token.is_empty()
        && token.chars().count() <= TOKEN_CHARS_MAX
        && token.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_uppercase())
}

proptest! {
    #[test]
    fn tokens_are_letters_and_digits_only(text in any::<String>(), extra in "[ -~一-龥]{0,40}") {
        for value in [&text, &extra] {
            for kind in KINDS {
                let tokens = document_tokens(kind, value);
                prop_assert!(tokens.iter().all(|token| is_token(token)), "{:?}", tokens);
            }
            for term in query_tokens(value).terms {
                prop_assert!(!term.alternatives.is_empty());
                prop_assert!(term.alternatives.iter().all(|token| is_token(token)));
            }
        }
    }

    #[test]
    fn every_text_is_found_by_itself(text in any::<String>(), extra in "[ -~一-龥あ-ん가-힣]{0,40}") {
        for value in [&text, &extra] {
            for kind in [Kind::Text, Kind::Name, Kind::Email, Kind::Code] {
                prop_assert!(query_tokens(value).matches(&document_tokens(kind, value)));
            }
        }
    }

    #[test]
    fn every_chinese_substring_is_found(
        text in "[一-龥]{1,20}", from in 0usize..20, length in 1usize..12,
    ) {
        let part: String = text.chars().skip(from).take(length).collect();
        for kind in [Kind::Text, Kind::Name] {
            prop_assert!(query_tokens(&part).matches(&document_tokens(kind, &text)));
        }
    }

    #[test]
    fn every_mobile_is_found_by_tail_and_beginning(number in "1[3-9][0-9]{9}", length in 4usize..=11) {
        let tokens = document_tokens(Kind::Phone, &number);
        prop_assert!(query_tokens(&number[..length]).matches(&tokens));
        prop_assert!(query_tokens(&number[11 - length..]).matches(&tokens));
    }
}
