//! Tables and indexes for the layout in force: the difference to what stands, as a plan, and its doing. Additive only.

use std::collections::{BTreeMap, BTreeSet};

use model::access::SHARE;
use model::fields::Column;
use model::{Field, Kind};

use crate::cell::Cell;
use crate::dialect::Dialect;
use crate::layout::{Catalog, Layout};
use crate::meta;
use crate::tx::Tx;
use crate::{Result, StoreError};

/// The format of the program's own tables. A database with a larger one is refused.
pub const FORMAT: i64 = 1;

/// One change of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, in words: `table accounts`, `column accounts.industry`.
    pub what: String,
    /// The statement.
    pub sql: String,
}

/// All changes that make the tables fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which they are done.
    pub steps: Vec<Step>,
    /// Whether the database held anything before.
    pub is_new: bool,
}

impl Plan {
    fn add(&mut self, what: String, sql: String) {
        self.steps.push(Step { what, sql });
    }
}

/// Keeps a second server from changing the tables at the same time.
pub(crate) fn lock(tx: &mut Tx) -> Result<()> {
    match tx.dialect.lock_schema() {
        Some(sql) => tx.batch(sql),
        None => Ok(()),
    }
}

/// The tables, columns and indexes that stand.
struct Standing {
    columns: BTreeMap<String, BTreeSet<String>>,
    indexes: BTreeSet<String>,
}

fn standing(tx: &mut Tx) -> Result<Standing> {
    let text = [Column::Text, Column::Text];
    let (columns, indexes, schema) = tx.dialect.standing();
    let columns = tx.rows_sql(columns, schema.clone().map(Cell::Text), &text)?;
    let indexes = tx.rows_sql(indexes, schema.map(Cell::Text), &text)?;
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in columns {
        let [table, column] =
            <[Cell; 2]>::try_from(row).map_err(|_| StoreError::internal("catalog"))?;
        all.entry(table.into_text()).or_default().insert(column.into_text());
    }
    let indexes = indexes.into_iter().flatten().map(Cell::into_text).collect();
    Ok(Standing { columns: all, indexes })
}

/// What must change so that the tables fit the layout in force.
pub(crate) fn plan(tx: &mut Tx) -> Result<Plan> {
    let standing = standing(tx)?;
    let mut plan = Plan { is_new: !standing.columns.contains_key(meta::TABLE), ..Plan::default() };
    if !plan.is_new {
        let found = meta::format(tx)?;
        if found > FORMAT {
            return Err(StoreError::Newer { found, known: FORMAT });
        }
    }
    for (table, sql) in meta::tables(tx.dialect) {
        if !standing.columns.contains_key(table) {
            plan.add(format!("table {table}"), sql);
        }
    }
    for (index, sql) in meta::indexes(tx.dialect) {
        if !standing.indexes.contains(index) {
            plan.add(format!("index {index}"), sql);
        }
    }
    for layout in tx.catalog().layouts() {
        table_plan(tx.dialect, tx.catalog(), layout, &standing, &mut plan);
    }
    Ok(plan)
}

fn table_plan(
    dialect: &Dialect,
    catalog: &Catalog,
    layout: &Layout,
    standing: &Standing,
    plan: &mut Plan,
) {
    let table = layout.table();
    match standing.columns.get(table) {
        None => plan.add(format!("table {table}"), create_table(dialect, layout)),
        Some(columns) => {
            for (name, definition) in definitions(dialect, layout) {
                if !columns.contains(&name) {
                    let table = dialect.quoted(table);
                    let sql = format!("ALTER TABLE {table} ADD COLUMN \"{name}\" {definition}");
                    plan.add(format!("column {}.{name}", layout.table()), sql);
                }
            }
        }
    }
    for field in layout.sets.iter().map(|index| &layout.object.fields[*index]) {
        let name = layout.set_table(field);
        if !standing.columns.contains_key(&name) {
            let value = match field.kind {
                Kind::Links(_) => dialect.column_type(Column::Uuid),
                _ => dialect.column_type(Column::Text),
            };
            let sql = format!(
                "CREATE TABLE {} (record_id {} NOT NULL, value {value} NOT NULL, PRIMARY KEY (record_id, value))",
                dialect.quoted(&name),
                dialect.column_type(Column::Uuid),
            );
            plan.add(format!("table {name}"), sql);
            let sql = format!(
                "CREATE INDEX \"i__{name}\" ON {} (value, record_id)",
                dialect.quoted(&name)
            );
            plan.add(format!("index i__{name}"), sql);
        }
    }
    for (name, sql) in indexes(dialect, catalog, layout) {
        if !standing.indexes.contains(&name) {
            plan.add(format!("index {name}"), sql);
        }
    }
}

/// The columns with their definitions, the title's order last.
fn definitions(dialect: &Dialect, layout: &Layout) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for column in &layout.columns {
        let mut definition = dialect.column_type(column.column).to_owned();
        match column.name.as_str() {
            "id" => definition.push_str(" PRIMARY KEY NOT NULL"),
            "version" | "created_at" | "updated_at" => definition.push_str(" NOT NULL DEFAULT 0"),
            _ => {}
        }
        all.push((column.name.clone(), definition));
    }
    if let Some(key) = &layout.title_key {
        all.push((key.clone(), dialect.column_type(Column::Bytes).to_owned()));
    }
    all
}

fn create_table(dialect: &Dialect, layout: &Layout) -> String {
    let columns: Vec<String> = definitions(dialect, layout)
        .into_iter()
        .map(|(name, definition)| format!("\"{name}\" {definition}"))
        .collect();
    format!("CREATE TABLE {} ({})", dialect.quoted(layout.table()), columns.join(", "))
}

/// Indexes for unique fields, links, filters and orders; live records only, but for numbers, which stay reserved.
fn indexes(dialect: &Dialect, catalog: &Catalog, layout: &Layout) -> Vec<(String, String)> {
    let table = layout.table();
    let order = dialect.index_order();
    let mut all = Vec::new();
    let mut add = |name: String, unique: &str, columns: &str, only: &str| {
        let table = dialect.quoted(table);
        all.push((
            name.clone(),
            format!("CREATE {unique}INDEX \"{name}\" ON {table} ({columns}){only}"),
        ));
    };
    const LIVE: &str = " WHERE deleted_at IS NULL";
    for field in &layout.object.fields {
        if field.unique {
            let column = &field.columns()[0].0;
            let reserved = matches!(field.kind, Kind::AutoNumber(_));
            let only = if reserved { "" } else { LIVE };
            add(format!("u__{table}__{column}"), "UNIQUE ", &format!("\"{column}\""), only);
        } else if field.indexed && !field.kind.is_set() {
            let columns = index_columns(layout, field, order);
            add(format!("i__{table}__{}", field.name), "", &columns, LIVE);
        }
    }
    if let Some(key) = &layout.title_key {
        add(format!("i__{table}__{key}"), "", &format!("\"{key}\"{order}, id"), LIVE);
    }
    // Others are seen through these records: whose they are is asked once a row of a list.
    if let Some(name) = catalog.reach_index(layout) {
        add(name, "", "id, owner_id", LIVE);
    }
    add(format!("i__{table}__deleted"), "", "deleted_at, id", " WHERE deleted_at IS NOT NULL");
    all
}

/// The columns of a field's index. Owners also give the order in which people look at their records.
fn index_columns(layout: &Layout, field: &Field, order: &str) -> String {
    let columns: Vec<String> =
        field.columns().iter().map(|(name, _)| format!("\"{name}\"{order}")).collect();
    let by_owner = layout.object.access.owned;
    match field.name.as_str() {
        // Who shares what is asked in every list: this index alone answers it.
        "user" if layout.object.name == SHARE => {
            format!("{}, about_object, active, level, about_id", columns.join(", "))
        }
        "owner" => format!("{}, updated_at, id", columns.join(", ")),
        // What a right asks of a record is in the order's index: who may not see it is passed over without its row.
        "updated_at" if by_owner => {
            let through = layout.object.access.through.iter();
            let links = through.filter_map(|link| layout.object.field(link));
            let links: Vec<String> = links
                .filter(|link| matches!(link.kind, Kind::Link(_)))
                .map(|link| format!(", \"{}\"", link.columns()[0].0))
                .collect();
            format!("{}, id, owner_id{}", columns.join(", "), links.concat())
        }
        _ => format!("{}, id", columns.join(", ")),
    }
}

/// Does the plan, and writes down the format.
pub(crate) fn apply(tx: &mut Tx, plan: &Plan) -> Result<()> {
    for step in &plan.steps {
        tx.batch(&step.sql)
            .map_err(|error| StoreError::Internal(format!("{}: {error}", step.what)))?;
    }
    meta::set_format(tx, FORMAT)
}
