//! Refused rows come back with their reasons.

use crate::{check, open};
use formats::{ErrorWriter, Options};

#[test]
fn refused_rows_are_written_with_their_reason() {
    let table = open("name,phone\n=x,1\nLi,2,3\n", &Options::named("x.csv")).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ErrorWriter::new(&mut bytes, table.headers(), "错误").unwrap();
    for row in table {
        writer.write(&row.unwrap(), "电话不对").unwrap();
    }
    assert_eq!(writer.finish().unwrap().rows, 2);
    let options = Options { strip_guard: true, ..Options::named("errors.csv") };
    check(bytes, &options, "name|phone|错误\n1@2 =x|1|电话不对\n2@3 Li|2|电话不对 [3]");
}
