//! JSON lines, good and bad.

use crate::{check, open};
use formats::{Cell, Limits, Options};

#[test]
fn every_key_is_a_column() {
    check(
        "{\"name\":\"李雷\",\"age\":30}\n\n{\"city\":\"北京\",\"name\":\"x\",\"vip\":true,\"age\":null}\r\n",
        &Options::named("x.jsonl"),
        "name|age|city|vip\n1@1 李雷|30||\n2@3 x||北京|true",
    );
}

#[test]
fn numbers_stay_exact() {
    let bytes = "{\"n\":123456789012345678901234567890.10}\n{\"n\":1e3}\n{\"n\":-0.0}\n{\"n\":[\"a\",\"b\"]}\n";
    let table = open(bytes, &Options::default()).unwrap();
    let cells: Vec<_> = table.map(|row| row.unwrap().cells.remove(0)).collect();
    let number = |text: &str| Cell::Number(text.into());
    let list = Cell::List(vec!["a".into(), "b".into()]);
    assert_eq!(
        cells,
        [number("123456789012345678901234567890.10"), number("1000"), number("0.0"), list]
    );
}

#[test]
fn bad_lines_cost_one_row() {
    let limits = Limits { line_bytes_max: 40, cell_chars_max: 3, ..Limits::default() };
    check(
        format!(
            "{{\"a\":\"1\"}}\nnot json\n[1]\n{{\"a\":{{}}}}\n{{\"a\":[1]}}\n{{\"a\":1e999}}\n{{\"a\":\"{}\"}}\n{{\"a\":\"1234\"}}\n{{\"a\":\"x\\u0000\"}}",
            "x".repeat(50)
        ),
        &Options { limits, ..Options::named("x.ndjson") },
        "a\n1@1 1\n2@2  !json_invalid(reason=expected ident)\n\
         3@3  !json_invalid(reason=invalid type: sequence, expected an object)\n\
         4@4  !json_nested(column=1)\n5@5  !json_nested(column=1)\n\
         6@6  !number_out_of_range(column=1)\n7@7  !line_too_long(bytes_max=40)\n\
         8@8 123 !cell_too_long(column=1 chars_max=3)\n9@9 x\0 !nul(column=1)",
    );
    check(
        "[{\"a\":1}]",
        &Options::named("x.json"),
        "file_kind_unknown [(\"found\", \"json_array\")]",
    );
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    check(deep, &Options::default(), "a\n1@1  !json_nested(column=1)");
    let wide: String = (0..1001).map(|n| format!("{{\"k{n}\":1}}\n")).collect();
    check(wide, &Options::default(), "file_too_many_columns [(\"columns_max\", \"1000\")]");
}
