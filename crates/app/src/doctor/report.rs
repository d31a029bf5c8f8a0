//! What the doctor found, as data and in words of both languages.

use model::{Label, Language};
use serde_json::{Value as Json, json};

/// Findings named one by one.
const EXAMPLES_MAX: usize = 20;

/// Every check with its words when all is well and when it is not.
const CHECKS: &[(&str, [&str; 2], [&str; 2])] = &[
    (
        "database",
        ["The database is whole.", "数据库完整。"],
        ["The database is damaged: restore a backup.", "数据库已损坏，请恢复备份。"],
    ),
    (
        "schema",
        ["The tables fit the program.", "数据表与程序一致。"],
        ["Tables lack something: start the server once.", "数据表缺少内容，请启动一次服务器。"],
    ),
    (
        "computed",
        ["Roll-ups and formulas are true.", "汇总与公式字段正确。"],
        ["Roll-ups or formulas were not true.", "汇总或公式字段不正确。"],
    ),
    (
        "search",
        ["The search index is complete.", "搜索索引完整。"],
        ["Records were missing from the search index, or too many.", "搜索索引缺少或多出记录。"],
    ),
    (
        "files_missing",
        ["All files are there.", "附件齐全。"],
        ["Files are missing: restore them from a backup.", "附件缺失，请从备份中恢复。"],
    ),
    (
        "files_damaged",
        ["All files are what they were.", "附件内容未变。"],
        [
            "Files have changed on the disk: restore them from a backup.",
            "磁盘上的附件已变化，请从备份中恢复。",
        ],
    ),
    (
        "files_unneeded",
        ["No file is kept in vain.", "没有多余的附件。"],
        ["Files are kept that no record names.", "存在无记录引用的附件。"],
    ),
    (
        "administrators",
        ["There is an administrator.", "有可用的管理员。"],
        ["Nobody who can sign in is an administrator.", "没有可登录的管理员。"],
    ),
];

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// How often something was wrong.
    pub found: usize,
    /// The first of what was wrong.
    pub examples: Vec<String>,
    /// Whether it was mended.
    pub mended: bool,
}

impl Check {
    /// What was found, in both languages.
    pub fn label(&self) -> Label {
        let known = CHECKS.iter().find(|(name, _, _)| *name == self.name);
        let words = known
            .map_or([self.name; 2], |(_, well, ill)| if self.found == 0 { *well } else { *ill });
        model::label(words[0], words[1])
    }
}

/// Everything that was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
}

impl Report {
    pub(super) fn add(
        &mut self,
        name: &'static str,
        found: impl IntoIterator<Item = String>,
        mended: bool,
    ) {
        let mut check = Check { name, found: 0, examples: Vec::new(), mended: false };
        for one in found {
            check.found += 1;
            if check.examples.len() < EXAMPLES_MAX && !one.is_empty() {
                check.examples.push(one);
            }
        }
        check.mended = mended && check.found > 0;
        self.checks.push(check);
    }

    /// Whether nothing is wrong any more.
    pub fn is_well(&self) -> bool {
        self.checks.iter().all(|check| check.found == 0 || check.mended)
    }

    /// The report as JSON.
    pub fn json(&self) -> Json {
        let checks: Vec<Json> = self
            .checks
            .iter()
            .map(|check| {
                let label = check.label();
                json!({"name": check.name, "found": check.found, "mended": check.mended,
                       "examples": check.examples, "label": {"en": label.en, "zh-CN": label.zh}})
            })
            .collect();
        json!({"well": self.is_well(), "checks": checks})
    }

    /// The report in words, a line each.
    pub fn words(&self, language: Language) -> Vec<String> {
        let mended = model::label("mended", "已修复");
        let mut lines = Vec::new();
        for check in &self.checks {
            let sign = if check.found == 0 || check.mended { "✓" } else { "✗" };
            let mut line = format!("{sign} {}", check.label().text(language));
            if check.found > 0 {
                line.push_str(&format!(" ({})", check.found));
            }
            if check.mended {
                line.push_str(&format!(" – {}", mended.text(language)));
            }
            lines.push(line);
            lines.extend(check.examples.iter().map(|example| format!("    {example}")));
        }
        lines
    }
}
