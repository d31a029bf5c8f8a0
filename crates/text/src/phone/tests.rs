//! Numbers as they stand on business cards and in spreadsheets.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(country: &str, text: &str, e164: &str, display: &str, kind: PhoneKind) {
    let phone = parse(text, country).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!((phone.e164.as_str(), phone.display.as_str(), phone.kind), (e164, display, kind));
}

#[test]
fn chinese_mobiles() {
    for text in [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+8613812345678",
        "+86 138 1234 5678",
        "(+86)138-1234-5678",
        "8613812345678",
        "0086 138 1234 5678",
        "86-13812345678",
        "013812345678",
        "１３８１２３４５６７８",
        "＋８６　１３８１２３４５６７８",
        "tel:+86-138-1234-5678",
        "手机：13812345678",
        "138—1234—5678",
        "138.1234.5678",
        "\u{202d}13812345678\u{202c}",
    ] {
        check("CN", text, "+8613812345678", "138 1234 5678", PhoneKind::Mobile);
    }
    check("US", "+8613812345678", "+8613812345678", "+86 138 1234 5678", PhoneKind::Mobile);
}

#[test]
fn chinese_landlines_and_hotlines() {
    use PhoneKind::{Landline, Service};
    for text in [
        "021-68881234",
        "(021)68881234",
        "021 6888 1234",
        "+86 21 6888 1234",
        "+86 (0)21 68881234",
        "+86-021-68881234",
        "02168881234",
        "2168881234",
    ] {
        check("CN", text, "+862168881234", "021-68881234", Landline);
    }
    for text in [
        "021-68881234转801",
        "021-68881234-801",
        "021-68881234 ext. 801",
        "021-68881234x801",
        "021-68881234#801",
        "(021) 6888-1234 分机：801",
        "+86-21-68881234;ext=801",
    ] {
        check("CN", text, "+862168881234", "021-68881234转801", Landline);
    }
    check("CN", "0755-2678 8888", "+8675526788888", "0755-26788888", Landline);
    check("CN", "0311 8712345", "+863118712345", "0311-8712345", Landline);
    check("CN", "010-62345678-8", "+861062345678", "010-62345678转8", Landline);
    check("CN", "400-820-8820", "+864008208820", "400-820-8820", Service);
    check("CN", "400 820 8820 转 2", "+864008208820", "400-820-8820转2", Service);
    check("CN", "95588", "+8695588", "95588", Service);
    check("GB", "+86 21 6888 1234", "+862168881234", "+86 21-68881234", Landline);
}

#[test]
fn numbers_of_other_countries() {
    for (default, text, e164, display) in [
        ("CN", "+1 (415) 555-2671", "+14155552671", "+1 415 555 2671"),
        ("CN", "001 415 555 2671", "+14155552671", "+1 415 555 2671"),
        ("US", "415-555-2671 x12", "+14155552671", "415 555 2671 ext. 12"),
        ("us", "1-415-555-2671", "+14155552671", "415 555 2671"),
        ("CN", "+44 (0)20 7946 0018", "+442079460018", "+44 207 946 0018"),
        ("GB", "020 7946 0018", "+442079460018", "0207 946 0018"),
        ("CN", "+852 2345 6789", "+85223456789", "+852 2345 6789"),
        ("CN", "+886 2 2345 6789", "+886223456789", "+886 223 456 789"),
        ("CN", "+81 03-1234-5678", "+81312345678", "+81 312 345 678"),
        ("IT", "06 698 1234", "+39066981234", "066 981 234"),
        ("CN", "+39 06 698 1234", "+39066981234", "+39 066 981 234"),
        ("RU", "8 (495) 123-45-67", "+74951234567", "495 123 4567"),
        ("CN", "+49 30 901820", "+4930901820", "+49 3090 1820"),
        ("", "+65 6123 4567", "+6561234567", "+65 6123 4567"),
    ] {
        check(default, text, e164, display, PhoneKind::Foreign);
    }
    assert_eq!(parse("+1 604 555 0100", "CA").unwrap().country, "CA");
    assert_eq!(parse("+1 604 555 0100", "CN").unwrap().country, "US");
}

#[test]
fn what_is_not_a_number() {
    use PhoneError::{AreaCodeMissing, CallingCode, Character, Empty, Length};
    for (text, expected) in [
        ("", Empty),
        (" - ", Empty),
        ("ask Wang", Character),
        ("1-800-FLOWERS", Character),
        ("13812345678/abc", Character),
        ("+", Empty),
        ("1+2", Character),
        ("2", Length),
        ("10", Length),
        ("031", Length),
        ("12812345678", Length),
        ("1381234567", Length),
        ("138123456789", Length),
        ("68881234", AreaCodeMissing),
        ("6888123", AreaCodeMissing),
        ("021-6888123", Length),
        ("021-68881234转", Character),
        ("021-68881234转1234567", Length),
        ("+999 12345", CallingCode),
        ("+1 415", Length),
        ("13812345678/13912345678", Length),
    ] {
        assert_eq!(parse(text, "CN"), Err(expected), "{text}");
    }
    assert_eq!(parse("13812345678", "XX"), Err(CallingCode));
    assert_eq!(parse(&"1".repeat(1000), "CN"), Err(Length));
}

proptest! {
    #[test]
    fn anything_may_be_typed(
        text in any::<String>(), number in "[-+0-9()转x# .]{0,30}", country in "[A-Z]{2}|CN|US",
    ) {
        let _ = parse(&text, &country);
        let _ = parse(&number, &country);
    }

    #[test]
    fn what_is_shown_and_stored_parses_to_itself(
        number in "[+0]?[0-9]{0,14}([-转][0-9]{1,5})?", country in "CN|US|GB|IT|DE|RU",
    ) {
        if let Ok(phone) = parse(&number, &country) {
            let stored = parse(&phone.e164, &country).unwrap();
            prop_assert_eq!(&stored.e164, &phone.e164);
            let shown = parse(&phone.display, &country);
            prop_assert_eq!(shown.map(|shown| (shown.e164, shown.extension)),
                Ok((phone.e164, phone.extension)));
        }
    }
}
