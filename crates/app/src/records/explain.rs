//! Why a user can or cannot see a record or a field, in words.

use model::access::{FieldAccess, Scope};
use model::query::Bin;
use model::{Action, Filter, Language, Object, Rights, Schema, Uuid};
use serde_json::{Value as Json, json};
use store::Tx;

use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// The reasons there are: code, English, Chinese.
pub const REASONS: &[(&str, &str, &str)] = &[
    ("administrator", "The user is an administrator.", "该用户是管理员。"),
    (
        "everyone",
        "Everybody who is signed in reads these records.",
        "所有登录用户都可查看此类记录。",
    ),
    ("scope_all", "A role gives all records of this kind.", "角色授予了此类全部记录的权限。"),
    ("owner", "The user owns the record.", "该用户是记录的负责人。"),
    (
        "reach",
        "The owner is within the user's reach: a subordinate or of the department.",
        "负责人是该用户的下属或在其部门范围内。",
    ),
    ("shared", "The record is shared with the user.", "记录已共享给该用户。"),
    ("through", "The user sees the record it belongs to.", "该用户可以查看其所属的记录。"),
    ("open", "The record is open to everybody.", "该记录对所有人公开。"),
    ("team", "The owner shares the record with their team.", "负责人已将记录共享给团队。"),
    (
        "no_right",
        "No role of the user reaches records of this kind.",
        "该用户的角色不包含此类记录的权限。",
    ),
    (
        "out_of_reach",
        "The owner is not within the user's reach, and the record is not shared with them.",
        "负责人不在该用户的权限范围内，记录也未共享给他。",
    ),
    ("inactive", "The user is not active.", "该用户已停用。"),
    ("field_hidden", "A role hides this field.", "角色设置隐藏了此字段。"),
    ("field_masked", "A role covers this field's value.", "角色设置遮盖了此字段的值。"),
    ("field_read", "The field can be read, not changed.", "此字段只读。"),
    ("field_write", "The field can be read and changed.", "此字段可读可改。"),
];

/// One reason in words.
fn reason(code: &str, language: Language) -> Json {
    let found = REASONS.iter().find(|(known, _, _)| *known == code);
    let text = found.map_or("", |(_, en, zh)| if language == Language::Zh { zh } else { en });
    json!({"code": code, "text": text})
}

impl Workspace {
    /// Whether and why `user` sees a record (which the actor sees) and a field of it, and what they may do.
    ///
    /// # Errors
    /// `not_found` when the actor does not see the record; the store's.
    pub async fn explain(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        user: Uuid,
        field: Option<&str>,
    ) -> Result<Json> {
        let object = self.object(name)?;
        let theirs = self.people().await?.rights(user);
        let mine = actor.rights.clone();
        let language = actor.language;
        let field = field.map(str::to_owned);
        let work = move |tx: &mut Tx| -> store::Result<Result<Json>> {
            let schema = tx.schema().clone();
            let filter = mine.filter(&schema, &object, Action::Read);
            if tx.load(&object.name, &[id], &filter, Bin::Both, false)?.is_empty() {
                return Ok(Err(Error::not_found()));
            }
            let Some(rights) = &theirs else {
                return Ok(Ok(
                    json!({"visible": false, "reasons": [reason("inactive", language)], "actions": {}}),
                ));
            };
            let mut allows = |filter: &Filter| -> store::Result<bool> {
                Ok(!tx.load(&object.name, &[id], filter, Bin::Both, false)?.is_empty())
            };
            let mut actions = serde_json::Map::new();
            for action in [Action::Read, Action::Update, Action::Delete] {
                let allowed = allows(&rights.filter(&schema, &object, action))?;
                actions.insert(action.name().to_owned(), Json::Bool(allowed));
            }
            let visible = actions["read"] == Json::Bool(true);
            let mut codes = Vec::new();
            for (code, filter) in grounds(&schema, &object, rights) {
                if allows(&filter)? {
                    codes.push(code);
                }
            }
            if !visible {
                let none = rights.filter(&schema, &object, Action::Read) == Filter::Never;
                codes = vec![if none { "no_right" } else { "out_of_reach" }];
            }
            if let Some(field) = field.as_deref().and_then(|name| object.field(name)) {
                codes.push(match rights.field(&object, field) {
                    FieldAccess::Hidden => "field_hidden",
                    FieldAccess::Masked => "field_masked",
                    FieldAccess::Read => "field_read",
                    FieldAccess::Write => "field_write",
                });
            }
            let reasons: Vec<Json> = codes.into_iter().map(|code| reason(code, language)).collect();
            Ok(Ok(json!({"visible": visible, "reasons": reasons, "actions": actions})))
        };
        self.store.read(work).await?
    }
}

/// Every ground on which these rights could reach a record, with the filter that says whether it holds.
fn grounds(schema: &Schema, object: &Object, rights: &Rights) -> Vec<(&'static str, Filter)> {
    let mut grounds = Vec::new();
    if rights.is_administrator() {
        return vec![("administrator", Filter::Always)];
    }
    if object.access.everyone_reads {
        grounds.push(("everyone", Filter::Always));
    }
    let has_all = rights.scopes(object, Action::Read).contains(&Scope::All);
    if has_all {
        grounds.push(("scope_all", Filter::Always));
    }
    if object.access.owned && !rights.scopes(object, Action::Read).is_empty() {
        grounds.push(("owner", Filter::eq("owner", rights.user)));
        let reached = rights.owned(object, Action::Read);
        if !has_all && reached != Filter::eq("owner", rights.user) {
            grounds.push((
                "reach",
                reached.and(Filter::Not(Box::new(Filter::eq("owner", rights.user)))),
            ));
        }
    }
    if object.access.shared {
        grounds.push(("shared", rights.shared(Action::Read)));
    }
    for link in &object.access.through {
        grounds.push(("through", rights.through(schema, object, link, Action::Read)));
    }
    grounds.extend(object.access.open.clone().map(|filter| ("open", filter)));
    grounds.extend(rights.of_team(object).map(|filter| ("team", filter)));
    grounds
}
