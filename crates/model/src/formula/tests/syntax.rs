//! What reads as a formula, how it binds, and within which limits.

use super::super::{DEPTH_MAX, Formula, NODES_MAX, SOURCE_CHARS_MAX};
use super::{check, table};

#[test]
fn literals() {
    table(&[
        ("42", "42"),
        ("0.1 + 0.2", "0.3d"),
        (".50", "0.50d"),
        ("-9223372036854775808", "-9223372036854775808d"),
        ("true", "true"),
        ("null", "null"),
        (r#""a\"b\\\n\t\u4e2d\U0001F600""#, "a\"b\\\n\t中😀"),
        (r#"'it\'s' + "'""#, "it's'"),
        ("'中文，“引号”'", "中文，“引号”"),
        ("1 // a comment\n + 2", "3"),
        ("1e3", "formula_number@0"),
        ("0x10", "formula_number@0"),
        ("12345678901234567890123456789012", "formula_number@0"),
        ("5.", "formula_end@2"),
        (r#""\q""#, "formula_escape@1"),
        (r#""\ud800""#, "formula_escape@1"),
        (r#""\u0000""#, "formula_escape@1"),
        (r#""\u12"#, "formula_escape@1"),
        ("'a\0'", "formula_character@2"),
        ("name + \"abc", "formula_text_open@7"),
        ("\"a\nb\"", "formula_text_open@0"),
    ]);
}

#[test]
fn precedence_is_that_of_cel() {
    table(&[
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 3 - 2", "5"),
        ("2 * 7 % 4", "2"),
        ("-2 + 5", "3"),
        ("--2", "2"),
        ("-2.abs()", "-2"),
        ("1 + 1 == 2 && 3 < 4", "true"),
        ("true || false && false", "true"),
        ("!true || true", "true"),
        ("1 < 2 == true", "true"),
        ("false ? 1 : true ? 2 : 3", "2"),
        ("true ? (false ? 1 : 2) : 3", "2"),
        ("true ? false ? 1 : 2 : 3", "formula_unexpected@13"),
        ("!-1", "formula_unexpected@1"),
        ("1 in [1] + [2]", "formula_unexpected@9"),
    ]);
}

#[test]
fn sources_that_are_no_formula() {
    table(&[
        ("", "formula_empty@0"),
        (" // nothing", "formula_empty@0"),
        ("1 +", "formula_end@3"),
        ("1 2", "formula_unexpected@2"),
        ("(1", "formula_end@2"),
        ("1)", "formula_unexpected@1"),
        ("a ? b", "formula_end@5"),
        ("a = b", "formula_character@2"),
        ("金额 + 1", "formula_character@0"),
        ("max（1, 2)", "formula_character@3"),
        ("matches(name, 'a')", "formula_function@0"),
        ("name.nope()", "formula_function@5"),
        ("today(1)", "formula_arguments@0"),
        ("round()", "formula_arguments@0"),
        ("1.round(2, 3)", "formula_arguments@2"),
        ("max()", "formula_arguments@0"),
        ("max(1,)", "formula_unexpected@6"),
        ("[1, 2]", "formula_list@0"),
        ("size([1])", "formula_list@5"),
        ("'a'.b", "formula_unexpected@3"),
        ("a.true", "formula_unexpected@2"),
        ("a.", "formula_end@2"),
        ("in", "formula_unexpected@0"),
        ("a[0]", "formula_unexpected@1"),
        ("{'a': 1}", "formula_character@0"),
    ]);
}

#[test]
fn limits() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    check(&nested(DEPTH_MAX - 1), "1");
    check(&nested(DEPTH_MAX), &format!("formula_deep@{DEPTH_MAX}"));
    check(&format!("{}1", "-".repeat(DEPTH_MAX - 1)), "-1");
    check(&format!("{}1", "-".repeat(DEPTH_MAX)), "formula_deep@0");
    check(&format!("name{}", ".trim()".repeat(DEPTH_MAX - 1)), "Chen");
    // Neither a long sum nor a long choice is deep. The chain itself is a node.
    check(&vec!["1"; NODES_MAX - 1].join("+"), "499");
    check(&vec!["1"; NODES_MAX].join("+"), "formula_large@0");
    check(&format!("{}9", "won == false ? 1 : ".repeat(100)), "9");
    check(&format!("1{}", " ".repeat(SOURCE_CHARS_MAX - 1)), "1");
    check(&format!("1{}", " ".repeat(SOURCE_CHARS_MAX)), "formula_long@2000");
}

#[test]
fn knows_its_names_and_whether_time_changes_it() {
    let formula = Formula::parse("b > 1 ? account.name : a + b.trim()").unwrap();
    let paths: Vec<String> = formula.paths().iter().map(|path| path.join(".")).collect();
    assert_eq!(paths, ["b", "account.name", "a"]);
    assert!(!formula.uses_today());
    assert_eq!(formula.source(), "b > 1 ? account.name : a + b.trim()");
    assert!(Formula::parse("a && due_on < addDays(today(), 3)").unwrap().uses_today());
    assert!(Formula::parse("now() > a").unwrap().uses_today());
    // Reserved in CEL, but good names of fields.
    assert!(Formula::parse("package.function > 1").is_ok());
}
