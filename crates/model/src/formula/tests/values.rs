//! What formulas give, and which types do not go together.

use super::table;

#[test]
fn numbers() {
    table(&[
        ("7 / 2", "3.5d"),
        ("6 / 2", "3"),
        ("amount * count", "8403.50d"),
        ("amount % 7", "3.50d"),
        ("-7 % 3", "-1"),
        ("1 / 3", "0.3333333333333333333333333333d"),
        ("9223372036854775807 + 1", "9223372036854775808d"),
        ("79228162514264337593543950335 * 10", "formula_overflow@30"),
        ("amount / zero", "null"),
        ("amount % 0.0", "null"),
        ("-0.0", "0.0d"),
        ("min(3, 1.5, 2)", "1.5d"),
        ("max(amount, count)", "1200.50d"),
        ("abs(-1.5) + abs(2)", "3.5d"),
        ("round(2.345, 2)", "2.35d"),
        ("(-2.5).round()", "-3"),
        ("round(2.5) * 1", "3"),
        ("floor(-1.2) + ceil(1.2)", "0"),
        ("round(1.5, 29)", "formula_places@0"),
        ("round(1.5, -1)", "formula_places@0"),
        ("round(1.5, 0.5)", "formula_whole@0"),
        ("1 == 1.00 && 1 in [2, 1.0]", "true"),
    ]);
}

#[test]
fn null_goes_through_arithmetic_and_is_false_in_conditions() {
    table(&[
        ("amount + nothing", "null"),
        ("-nothing", "null"),
        ("no_text + 'x'", "null"),
        ("coalesce(nothing, 0) + 1", "1"),
        ("coalesce(1, 1 / zero, name.size())", "1"),
        ("coalesce(null, null)", "null"),
        ("nothing > 1 || nothing <= 1", "false"),
        ("nothing == null && amount != null", "true"),
        ("null == null", "true"),
        ("unknown && won", "false"),
        ("unknown || won", "true"),
        ("!unknown", "true"),
        ("unknown ? 1 : 2", "2"),
        ("no_text.contains('x')", "false"),
        ("lower(no_text)", "null"),
        ("min(1, nothing)", "null"),
        ("nothing in [1, 2]", "false"),
        ("isEmpty(no_text) && isEmpty('') && !isEmpty(tags)", "true"),
        ("addDays(no_date, 1)", "null"),
    ]);
}

#[test]
fn texts_and_lists() {
    table(&[
        ("account.name + ' / ' + name", "华联超市 / Chen"),
        ("account.name.size()", "4"),
        ("name.startsWith('Ch') && name.endsWith('en')", "true"),
        ("contains(name, 'he')", "true"),
        ("upper(trim('  a ')) + lower('ÄB')", "Aäb"),
        ("replace('a b c', ' ', '.')", "a.b.c"),
        ("'17850.0'.replace('.0', '')", "17850"),
        ("replace(name, '', '-')", "Chen"),
        ("replace(no_text, 'a', 'b')", "null"),
        (
            "concat(name, no_text, ' ', 1.50, ' ', true, ' ', signed_on)",
            "Chen 1.50 true 2026-01-31",
        ),
        ("name in ['Li', 'Chen',]", "true"),
        ("name in []", "false"),
        ("'vip' in tags && tags.contains('eu')", "true"),
        ("size(tags)", "2"),
        ("owner in account.owner", "true"),
        ("owner == account.owner", "false"),
        ("'b' < 'a'", "false"),
        ("long + long", "formula_text_long@5"),
        ("concat(long, long)", "formula_text_long@0"),
        ("size(long)", "40000"),
    ]);
}

#[test]
fn dates_and_instants() {
    table(&[
        ("today()", "2026-11-23"),
        ("now()", "2026-11-23T01:00:00Z"),
        ("daysBetween(signed_on, today())", "296"),
        ("daysBetween(today(), created_at)", "0"),
        ("addDays(signed_on, 30)", "2026-03-02"),
        ("addMonths(signed_on, 1)", "2026-02-28"),
        ("addMonths(signed_on, -2)", "2025-11-30"),
        ("addDays(created_at, 1.00)", "2026-11-23T18:30:00Z"),
        ("addDays(signed_on, 0.5)", "formula_whole@0"),
        ("addDays(signed_on, 9000000000)", "formula_date_range@0"),
        ("addMonths(signed_on, 100000)", "formula_date_range@0"),
        ("year(signed_on) * 10000 + month(signed_on) * 100 + day(created_at)", "20260123"),
        ("signed_on < date('2026-02-01')", "true"),
        ("date(name)", "null"),
        ("date('2026-02-30')", "formula_date@5"),
        ("created_at < now() && signed_on != today()", "true"),
        ("max(signed_on, today())", "2026-11-23"),
    ]);
}

#[test]
fn types_that_do_not_go_together() {
    table(&[
        ("name + 1", "formula_types@5"),
        ("'a' < 1", "formula_types@4"),
        ("signed_on < created_at", "formula_types@10"),
        ("name == 1", "false but formula_types@5"),
        ("won < true", "formula_types@4"),
        ("1 && true", "formula_types@2"),
        ("!1", "formula_types@0"),
        ("-name", "formula_types@0"),
        ("'a' in name", "formula_types@4"),
        ("1 in [1, 'a']", "true but formula_types@2"),
        ("won ? 1 : 'a'", "1 but formula_branches@10"),
        ("name ? 1 : 2", "formula_types@0"),
        ("concat(tags)", "formula_types@0"),
        ("min(tags)", "formula_types@0"),
        ("year(1)", "formula_types@0"),
        ("nobody.name", "null but formula_name@0"),
        ("tags.contains(1)", "false but formula_types@5"),
    ]);
}
