//! The roles of a new workspace with their rights. A right that is not named here is not given.

use model::label::{Label, label};
use model::{Action, Language};

use super::SeedRecord;

/// A role of a new workspace.
pub struct DefaultRole {
    /// The code; `administrator` has every right by itself.
    pub code: &'static str,
    /// The name in both languages.
    pub name: Label,
    /// What it is for, in both languages.
    pub description: Label,
    /// Object (`*` for all that are not named), action, scope.
    pub rights: Vec<(&'static str, Action, &'static str)>,
    /// Object, field, access.
    pub fields: Vec<(&'static str, &'static str, &'static str)>,
}

/// Scopes of the six actions in the order of [`Action::ALL`]: read, create, update, delete, import,
/// export. `-` gives no right.
type Scopes = [&'static str; 6];

const ALL: Scopes = ["all"; 6];
const BELOW: Scopes = ["department_below"; 6];
const READ_ALL: Scopes = ["all", "-", "-", "-", "-", "-"];
const READ_OWN: Scopes = ["own", "-", "-", "-", "-", "-"];
const OWN: Scopes = ["own", "own", "own", "own", "-", "-"];
const OWN_AND_IMPORT: Scopes = ["own", "own", "own", "own", "own", "-"];
const KEEP: Scopes = ["own", "own", "own", "-", "-", "-"];
const SEE_ALL_WORK_OWN: Scopes = ["all", "own", "own", "own", "-", "-"];
const EDIT_ALL: Scopes = ["all", "all", "all", "-", "-", "-"];
const EDIT_ALL_AND_FILES: Scopes = ["all", "all", "all", "-", "all", "all"];

/// Objects with the same scopes.
type Row = (&'static [&'static str], Scopes);

/// What everybody may do: their own views, keys, files and tasks, and see what they started.
const EVERYBODY: &[Row] =
    &[(&["saved_view", "api_key"], OWN), (&["import", "export", "bulk", "notification"], READ_OWN)];

/// What everybody who works on records may do.
const WORKING: &[Row] = &[(&["activity", "task", "file"], OWN), (&["tag"], EDIT_ALL)];

const SALES_MANAGER: &[Row] = &[
    (&["account", "contact", "lead", "opportunity", "order", "activity", "task", "file"], BELOW),
    (
        &["tag", "product", "product_category", "price_list", "team", "import_mapping"],
        EDIT_ALL_AND_FILES,
    ),
];

const SALESPERSON: &[Row] = &[
    (&["account", "contact", "lead"], OWN_AND_IMPORT),
    (&["opportunity"], OWN),
    (&["order"], KEEP),
    (&["import_mapping"], EDIT_ALL),
];

const SERVICE: &[Row] = &[
    (&["account", "order"], READ_ALL),
    (&["contact"], EDIT_ALL),
    (&["activity", "task", "file"], SEE_ALL_WORK_OWN),
    (&["tag"], EDIT_ALL),
];

const MARKETER: &[Row] = &[
    (&["lead"], ALL),
    (&["account", "contact", "opportunity"], READ_ALL),
    (&["import_mapping"], EDIT_ALL),
];

const BUYER: &[Row] = &[
    (&["account", "contact"], SEE_ALL_WORK_OWN),
    (&["product", "product_category", "price_list"], EDIT_ALL_AND_FILES),
    (&["order"], READ_ALL),
];

const READ_ONLY: &[Row] = &[(
    &["account", "contact", "lead", "opportunity", "order", "activity", "task", "file"],
    READ_ALL,
)];

/// The administrator's rights, should the firm ever look: everything.
const ADMINISTRATOR: &[Row] = &[(&["*"], ALL)];

const COST: (&str, &str, &str) = ("product", "cost", "hidden");
const MOBILE: (&str, &str, &str) = ("contact", "mobile", "masked");
const WECHAT: (&str, &str, &str) = ("contact", "wechat", "masked");
const BIRTHDAY: (&str, &str, &str) = ("contact", "birthday", "masked");

/// The roles of a new workspace.
pub fn default_roles() -> Vec<DefaultRole> {
    let mut roles = selling_roles();
    roles.extend(other_roles());
    roles
}

fn selling_roles() -> Vec<DefaultRole> {
    vec![
        role(
            "administrator",
            label("Administrator", "系统管理员"),
            label("All rights on everything.", "拥有全部权限。"),
            &[ADMINISTRATOR],
            &[],
        ),
        role(
            "sales_manager",
            label("Sales manager", "销售经理"),
            label(
                "All of the own department and those below it.",
                "管理本部门及下级部门的销售数据。",
            ),
            &[EVERYBODY, SALES_MANAGER],
            &[],
        ),
        role(
            "salesperson",
            label("Salesperson", "销售人员"),
            label(
                "The own customers, leads and opportunities.",
                "管理本人负责的客户、线索和商机。",
            ),
            &[EVERYBODY, WORKING, SALESPERSON],
            &[COST],
        ),
    ]
}

fn other_roles() -> Vec<DefaultRole> {
    vec![
        role(
            "service",
            label("Customer service", "客服人员"),
            label(
                "Sees all customers and orders, keeps contacts up to date.",
                "查看全部客户与订单，维护联系人。",
            ),
            &[EVERYBODY, SERVICE],
            &[
                COST,
                ("account", "won_amount", "hidden"),
                ("account", "open_opportunity_amount", "hidden"),
            ],
        ),
        role(
            "marketer",
            label("Marketer", "市场人员"),
            label("All leads; sees what became of them.", "管理全部线索，查看转化结果。"),
            &[EVERYBODY, WORKING, MARKETER],
            &[COST, MOBILE, WECHAT, BIRTHDAY],
        ),
        role(
            "buyer",
            label("Buyer", "采购人员"),
            label("Suppliers, products and prices.", "管理供应商、产品与价格。"),
            &[EVERYBODY, WORKING, BUYER],
            &[MOBILE, WECHAT, BIRTHDAY],
        ),
        role(
            "read_only",
            label("Read only", "只读用户"),
            label("Sees all business records, changes nothing.", "可查看全部业务数据，不可修改。"),
            &[EVERYBODY, READ_ONLY],
            &[
                COST,
                MOBILE,
                WECHAT,
                BIRTHDAY,
                ("lead", "mobile", "masked"),
                ("lead", "wechat", "masked"),
            ],
        ),
    ]
}

fn role(
    code: &'static str,
    name: Label,
    description: Label,
    tables: &[&[Row]],
    fields: &[(&'static str, &'static str, &'static str)],
) -> DefaultRole {
    let mut rights = Vec::new();
    for (objects, scopes) in tables.iter().copied().flatten() {
        for object in *objects {
            let given = Action::ALL.into_iter().zip(scopes).filter(|(_, scope)| **scope != "-");
            rights.extend(given.map(|(action, scope)| (*object, action, *scope)));
        }
    }
    DefaultRole { code, name, description, rights, fields: fields.to_vec() }
}

/// The roles and their rights, named in `language`.
pub(super) fn records(language: Language) -> Vec<SeedRecord> {
    let mut records = Vec::new();
    for role in default_roles() {
        let key = format!("role.{}", role.code);
        records.push(
            SeedRecord::new("role", &key)
                .with("name", role.name.text(language))
                .with("code", role.code)
                .with("description", role.description.text(language)),
        );
        for (object, action, scope) in role.rights {
            let right = format!("{key}.{object}.{}", action.name());
            records.push(
                SeedRecord::new("role_right", &right)
                    .linked("role", &key)
                    .with("object", object)
                    .with("action", action.name())
                    .with("scope", scope),
            );
        }
        for (object, field, access) in role.fields {
            records.push(
                SeedRecord::new("role_field_right", &format!("{key}.{object}.{field}.field"))
                    .linked("role", &key)
                    .with("object", object)
                    .with("field", field)
                    .with("access", access),
            );
        }
    }
    records
}
