//! Phones, codes and addresses are valid, and nobody is real.

use demo::{DemoValue, Language, Step, generate};

use super::{firm, options, tables, text};

#[test]
fn phones_can_be_read_and_ring_nowhere() {
    let mut mobiles = 0;
    for record in firm(0.3).records() {
        for field in ["phone", "mobile"] {
            let DemoValue::Text(phone) = record.get(field) else { continue };
            let digits = phone.chars().skip(1).all(|c| c.is_ascii_digit());
            assert!(digits && (phone.starts_with('+') || phone.len() == 11), "{phone}");
            assert!(text::phone::parse(phone, "CN").is_ok(), "{phone}");
            if !phone.starts_with('+') {
                assert!(matches!(phone.as_bytes(), [b'1', b'3'..=b'9', ..]), "{phone}");
                mobiles += 1;
            }
        }
    }
    assert!(mobiles > 500);
}

#[test]
fn credit_codes_have_the_right_check_character_and_district() {
    let tables = tables(&firm(0.5));
    let mut checked = 0;
    for account in tables["account"].values() {
        let code = text(account, "tax_id");
        if text(account, "country") != "CN" {
            assert_eq!(code, "");
            continue;
        }
        assert_eq!(text::uscc::check(code).as_deref(), Ok(code));
        // Where the code says the firm is, the phone rings.
        let province = &code[2..4];
        let city = text(account, "city");
        assert_eq!(province == "31", city == "上海市", "{code} {city}");
        assert_eq!(province == "11", city == "北京市", "{code} {city}");
        assert_eq!(text(account, "phone").starts_with("+8621"), city == "上海市");
        checked += 1;
    }
    assert!(checked > 150);
}

#[test]
fn mail_and_web_lead_nowhere() {
    for record in firm(0.2).records() {
        if let DemoValue::Text(email) = record.get("email") {
            assert!(text::email::check(email).is_ok(), "{email}");
            assert!(email.ends_with(".example"), "{email}");
            assert!(record.object != "user" || email.ends_with("@demo.guanxi.example"), "{email}");
        }
        if let DemoValue::Text(website) = record.get("website") {
            assert!(
                text::url::check(website).is_ok() && website.ends_with(".example"),
                "{website}"
            );
        }
    }
}

/// Firms and people that everybody knows.
const REAL: &[&str] = &[
    "华为",
    "腾讯",
    "阿里",
    "百度",
    "京东",
    "小米",
    "联想",
    "海尔",
    "格力",
    "美的",
    "中兴",
    "网易",
    "字节",
    "拼多多",
    "美团",
    "比亚迪",
    "吉利",
    "启辰",
    "星途",
    "岚图",
    "科大讯飞",
    "海康",
    "大华",
    "万科",
    "平安",
    "招商",
    "Apple",
    "Google",
    "Microsoft",
    "Amazon",
    "Siemens",
    "Samsung",
    "Logitech",
    "Oracle",
    "Salesforce",
    "Cisco",
    "Dell",
    "Gresham",
];
const PEOPLE: &[&str] = &[
    "马云",
    "雷军",
    "李娜",
    "姚明",
    "刘德华",
    "成龙",
    "Emma Watson",
    "Daniel Craig",
    "Emma Stone",
];

#[test]
fn nobody_is_real() {
    for language in [Language::Zh, Language::En] {
        for record in generate(&options(1.0, language)).records() {
            if record.step == Step::Update {
                continue;
            }
            match record.object {
                "account" => {
                    let name = text(&record, "name");
                    assert!(!REAL.iter().any(|real| name.contains(real)), "{name}");
                }
                "contact" | "user" | "lead" => {
                    let name = text(&record, "name");
                    assert!(!PEOPLE.contains(&name), "{name}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn well_known_names_are_there() {
    for language in [Language::Zh, Language::En] {
        let tables = tables(&generate(&options(0.2, language)));
        let names: Vec<&str> = tables["contact"].values().map(|c| text(c, "name")).collect();
        assert!(names.contains(&"张伟") && names.contains(&"王小明"));
        let accounts = tables["account"].len() as f64;
        let chinese = tables["account"].values().filter(|a| text(a, "country") == "CN").count();
        let share = chinese as f64 / accounts;
        let expected = if language == Language::Zh { 0.65 } else { 0.35 };
        assert!((share - expected).abs() < 0.08, "{share}");
        let subject = tables["task"].values().next().map(|t| text(t, "subject").is_ascii());
        assert_eq!(subject, Some(language == Language::En));
    }
    // Surnames whose sound as a surname is another one.
    let tables = tables(&firm(1.0));
    let names: Vec<&str> = tables["contact"].values().map(|c| text(c, "name")).collect();
    for surname in ["单", "仇", "解", "区"] {
        assert!(names.iter().any(|name| name.starts_with(surname)), "{surname}");
    }
    let solo = tables["contact"].values().find(|c| text(c, "name").starts_with('单')).unwrap();
    assert!(text(solo, "email").starts_with("shan."));
}

#[test]
fn saved_views_hold_json() {
    for view in tables(&firm(0.05))["saved_view"].values() {
        let filter: serde_json::Value = serde_json::from_str(text(view, "filter")).unwrap();
        assert!(filter.is_object());
        let columns: Vec<String> = serde_json::from_str(text(view, "columns")).unwrap();
        assert!(columns.len() >= 4);
    }
}
