//! Security events: who signed in from where, and what was done about access. Not changes of records: those are history.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Security event", "安全事件");
    let columns = ["at", "kind", "user", "detail", "address", "agent"];
    Object::new("security_event", "security_events", one, ("Security events", "安全日志"))
        .module("system", "shield")
        .titled("kind", Some("detail"))
        .access(Access::by_role())
        .by_system()
        .hidden()
        .section(
            "main",
            "Event",
            "安全事件",
            vec![
                choice("kind", "What", "事件", kinds()).required().indexed(),
                instant("at", "When", "时间").required().default_now().indexed(),
                person("user", "User", "用户"),
                text("detail", "Detail", "详情"),
                text("address", "Address", "来源地址"),
                text("agent", "Browser", "浏览器"),
            ],
        )
        .view(View::list("all", "All events", "全部安全事件", &columns).sort(&["-at"]))
        .view(
            View::list("failed", "Refused sign-ins", "登录失败", &columns)
                .filter(r#"{"field":"kind","op":"eq","value":"sign_in_failed"}"#)
                .sort(&["-at"]),
        )
}

fn kinds() -> Vec<model::fields::Opt> {
    vec![
        opt("sign_in", "Signed in", "登录").color("green"),
        opt("sign_in_failed", "Sign-in refused", "登录失败").color("red"),
        opt("sign_out", "Signed out", "退出登录").color("gray"),
        opt("session_ended", "Session ended", "结束会话").color("gray"),
        opt("password_changed", "Password changed", "修改密码").color("orange"),
        opt("code_on", "Two-factor sign-in on", "开启两步验证").color("blue"),
        opt("code_off", "Two-factor sign-in off", "关闭两步验证").color("orange"),
        opt("passkey_added", "Passkey added", "添加通行密钥").color("blue"),
        opt("passkey_removed", "Passkey removed", "移除通行密钥").color("orange"),
        opt("key_made", "API key made", "创建 API 密钥").color("blue"),
        opt("invited", "Invited", "发送邀请").color("blue"),
        opt("joined", "Invitation taken", "接受邀请").color("green"),
        opt("see_as", "Saw as another user", "以他人身份查看").color("purple"),
        opt("backup", "Backup taken", "下载备份").color("purple"),
        opt("firm_changed", "Company changed", "修改公司信息").color("orange"),
    ]
}
