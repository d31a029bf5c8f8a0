//! Files: what is known of an uploaded file. Its bytes are kept outside the database, under their SHA-256.

use model::fields::build::*;
use model::{Access, Object, View};

use crate::filters::MINE;

/// The declaration.
pub fn object() -> Object {
    let columns = ["name", "about", "size", "content_type", "owner", "created_at"];
    Object::new("file", "files", ("File", "附件"), ("Files", "附件"))
        .module("work", "file")
        .in_timeline("created_at")
        .titled("name", Some("content_type"))
        .access(Access::owned().through(&["about"]))
        .section(
            "main",
            "File",
            "附件",
            vec![
                text("name", "Name", "文件名").required().search().indexed(),
                any_link("about", "About", "关联对象"),
                number("size", "Size in bytes", "大小（字节）").read_only(),
                code("content_type", "Type", "文件类型").read_only(),
                code("sha256", "SHA-256", "SHA-256 校验值").read_only().indexed(),
                owner(),
            ],
        )
        .view(View::list("all", "All files", "全部附件", &columns))
        .view(View::list("mine", "My files", "我的附件", &columns).filter(MINE))
}
