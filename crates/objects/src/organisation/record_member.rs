//! Members of a record: users with whom a single record is shared, for reading or writing, for a time.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Draft, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Record member", "协作成员");
    Object::new("record_member", "record_members", one, ("Record members", "协作成员"))
        .module("organisation", "users")
        .titled("level", Some("user"))
        .access(Access::default().through(&["about"]))
        .hidden()
        .section(
            "main",
            "Member",
            "协作成员",
            vec![
                any_link("about", "Record", "共享的记录").required(),
                person("user", "User", "成员").required(),
                choice(
                    "level",
                    "May",
                    "权限",
                    [
                        opt("read", "Read", "只读").color("blue"),
                        opt("write", "Read and write", "读写").color("green"),
                    ],
                )
                .required()
                .default("read"),
                date("expires_on", "Last day", "有效期至").indexed(),
                yes_no("active", "Active", "有效").default(true).read_only(),
            ],
        )
        .prepare(prepare)
        .renewed_daily(
            r#"{"and":[{"field":"active","op":"eq","value":true},{"field":"expires_on","op":"within","value":"overdue"}]}"#,
        )
        .view(View::list(
            "all",
            "All members",
            "全部协作成员",
            &["about", "user", "level", "expires_on", "active"],
        ))
}

/// The last day counts; the record is saved again when it is over.
fn prepare(draft: &mut Draft) {
    let last = draft.get("expires_on").as_date();
    draft.set("active", last.is_none_or(|last| last >= draft.now.today()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, day};

    #[test]
    fn a_member_stays_until_the_last_day() {
        let until = |last| Scene::new(object()).set("expires_on", day(last)).prepared();
        assert_eq!(Scene::new(object()).prepared().get("active"), "true");
        assert_eq!(until("2026-11-23").get("active"), "true");
        assert_eq!(until("2026-11-22").get("active"), "false");
    }
}
