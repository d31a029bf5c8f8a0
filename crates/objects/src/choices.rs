//! Options that several objects share, so that a value keeps its code from lead to account.

use model::fields::{Opt, opt};

/// Industries, coarse on purpose: a firm adds its own.
pub fn industries() -> [Opt; 16] {
    [
        opt("technology", "Technology", "科技"),
        opt("software", "Software", "软件"),
        opt("telecommunications", "Telecommunications", "电信"),
        opt("manufacturing", "Manufacturing", "制造"),
        opt("construction", "Construction", "建筑"),
        opt("retail", "Retail", "零售"),
        opt("wholesale", "Wholesale", "批发"),
        opt("finance", "Finance", "金融"),
        opt("services", "Services", "服务"),
        opt("marketing", "Marketing", "市场营销"),
        opt("employment", "Employment", "人力资源"),
        opt("medical", "Medical", "医疗"),
        opt("education", "Education", "教育"),
        opt("entertainment", "Entertainment", "文娱"),
        opt("government", "Government", "政府"),
        opt("other", "Other", "其他"),
    ]
}

/// Where a lead, account, contact or opportunity came from.
pub fn sources() -> [Opt; 8] {
    [
        opt("web", "Website", "官网"),
        opt("referral", "Referral", "转介绍"),
        opt("exhibition", "Exhibition", "展会"),
        opt("advertising", "Advertising", "广告"),
        opt("call", "Cold call", "电话开发"),
        opt("partner", "Partner", "合作伙伴"),
        opt("import", "Import", "导入"),
        opt("other", "Other", "其他"),
    ]
}

/// What becomes of an opportunity in a stage; the same codes for both objects.
pub fn stage_kinds() -> [Opt; 4] {
    [
        opt("open", "Open", "进行中").color("blue"),
        opt("won", "Won", "赢单").color("green"),
        opt("lost", "Lost", "输单").color("red"),
        opt("invalid", "Invalid", "无效").color("gray"),
    ]
}

/// How far a file is: imports and exports.
pub fn run_states() -> [Opt; 5] {
    [
        opt("waiting", "Waiting", "等待中").color("gray"),
        opt("running", "Running", "进行中").color("blue"),
        opt("done", "Done", "已完成").color("green"),
        opt("cancelled", "Cancelled", "已取消").color("orange"),
        opt("failed", "Failed", "失败").color("red"),
    ]
}
