//! API keys: how other programs act for a user. The secret is not a field: only its hash is kept, apart.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("api_key", "api_keys", ("API key", "API 密钥"), ("API keys", "API 密钥"))
        .module("organisation", "key")
        .titled("name", Some("prefix"))
        .access(Access::owned().unshared())
        .section("main", "API key", "API 密钥", vec![
            text("name", "Name", "名称").required().search(),
            owner(),
            code("prefix", "Prefix", "前缀").read_only().indexed(),
            text("scopes", "Scopes", "权限范围").help(
                "Separated by spaces, such as accounts:read *:read. Empty: all that the user may do.",
                "用空格分隔，例如 accounts:read *:read；留空表示该用户的全部权限。",
            ),
            instant("expires_at", "Expires at", "到期时间"),
            instant("last_used_at", "Last used", "最近使用时间").read_only(),
            yes_no("revoked", "Revoked", "已吊销"),
        ])
        .view(View::list("all", "All API keys", "全部 API 密钥", &[
            "name", "prefix", "owner", "scopes", "expires_at", "last_used_at", "revoked",
        ]))
}
