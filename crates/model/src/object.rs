//! An object: everything the system knows of one kind of record, declared once.

use std::collections::HashMap;

use crate::access::Access;
use crate::command::Command;
use crate::draft::{Draft, Effect};
use crate::fields::{Field, build};
use crate::label::{Label, label};
use crate::problem::Problem;
use crate::view::View;

/// The fields every record has, in this order, before the declared ones.
pub const SYSTEM_FIELDS: [&str; 7] =
    ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"];

/// Fills and derives fields; does not refuse.
pub type Prepare = fn(&mut Draft);
/// Refuses, naming every problem at once; changes nothing.
pub type Check = fn(&Draft) -> Vec<Problem>;
/// Asks for further writes in the same transaction.
pub type React = fn(&Draft, &dyn Fn() -> uuid::Uuid) -> Vec<Effect>;

/// Fields drawn together on the record page.
#[derive(Debug, Clone)]
pub struct Section {
    /// The name.
    pub name: String,
    /// The label in both languages.
    pub label: Label,
    /// The fields, in order.
    pub fields: Vec<String>,
}

/// Who writes an object's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// People and the system.
    ByAll,
    /// Only hooks and commands: people read it.
    BySystem,
}

/// One kind of record.
pub struct Object {
    /// The name in every layer.
    pub name: String,
    /// The plural: table and URL.
    pub plural: String,
    /// The label in both languages.
    pub label: Label,
    /// The label of many.
    pub plural_label: Label,
    /// The module whose menu shows it.
    pub module: &'static str,
    /// An icon's name.
    pub icon: &'static str,
    /// All fields, system fields first.
    pub fields: Vec<Field>,
    /// The field that names a record.
    pub title: String,
    /// The field shown under the title.
    pub subtitle: Option<String>,
    /// Sections of the record page; the fields of none of them come last.
    pub sections: Vec<Section>,
    /// Views.
    pub views: Vec<View>,
    /// Where rights come from.
    pub access: Access,
    /// Who writes it.
    pub written: Written,
    /// Not in menus: a part of other records.
    pub hidden: bool,
    /// The moment that places its records in the timelines of the records they are about.
    pub timeline: Option<String>,
    /// Which records are saved again when a day begins, for what their hooks derive depends on the day: a filter.
    pub daily: Option<&'static str>,
    /// What hooks read of linked records: `link.field`.
    pub reads: Vec<String>,
    /// Fills and derives.
    pub prepare: Option<Prepare>,
    /// Refuses.
    pub check: Option<Check>,
    /// Asks for further writes.
    pub react: Option<React>,
    /// Acts on one record.
    pub commands: Vec<Command>,
    index: HashMap<String, usize>,
}

impl Object {
    /// An object: name, plural, and its labels (one and many) in both languages.
    pub fn new(name: &str, plural: &str, one: (&str, &str), many: (&str, &str)) -> Object {
        let mut object = Object {
            name: name.to_owned(),
            plural: plural.to_owned(),
            label: label(one.0, one.1),
            plural_label: label(many.0, many.1),
            module: "other",
            icon: "box",
            fields: Vec::new(),
            title: "name".to_owned(),
            subtitle: None,
            sections: Vec::new(),
            views: Vec::new(),
            access: Access::by_role(),
            written: Written::ByAll,
            hidden: false,
            timeline: None,
            daily: None,
            reads: Vec::new(),
            prepare: None,
            check: None,
            react: None,
            commands: Vec::new(),
            index: HashMap::new(),
        };
        object.add(system_fields());
        object
    }

    fn add(&mut self, fields: impl IntoIterator<Item = Field>) {
        for field in fields {
            self.index.insert(field.name.clone(), self.fields.len());
            self.fields.push(field);
        }
    }

    /// Records that pass this filter (JSON) are saved again when a day begins.
    pub fn renewed_daily(mut self, filter: &'static str) -> Object {
        self.daily = Some(filter);
        self
    }

    /// In this module's menu, with this icon.
    pub fn module(mut self, module: &'static str, icon: &'static str) -> Object {
        self.module = module;
        self.icon = icon;
        self
    }

    /// With these fields, drawn as one section.
    pub fn section(mut self, name: &str, en: &str, zh: &str, fields: Vec<Field>) -> Object {
        let names = fields.iter().map(|field| field.name.clone()).collect();
        self.sections.push(Section { name: name.to_owned(), label: label(en, zh), fields: names });
        self.add(fields);
        self
    }

    /// Named by `title`, with `subtitle` under it.
    pub fn titled(mut self, title: &str, subtitle: Option<&str>) -> Object {
        self.title = title.to_owned();
        self.subtitle = subtitle.map(str::to_owned);
        self
    }

    /// With rights from there.
    pub fn access(mut self, access: Access) -> Object {
        self.access = access;
        self
    }

    /// With a view.
    pub fn view(mut self, view: View) -> Object {
        self.views.push(view);
        self
    }

    /// Not in menus.
    pub fn hidden(mut self) -> Object {
        self.hidden = true;
        self
    }

    /// Its records stand in the timelines of the records they are about, placed by `moment`.
    pub fn in_timeline(mut self, moment: &str) -> Object {
        self.timeline = Some(moment.to_owned());
        self
    }

    /// Written by hooks and commands only.
    pub fn by_system(mut self) -> Object {
        self.written = Written::BySystem;
        self
    }

    /// Hooks read these `link.field` values.
    pub fn reads(mut self, paths: &[&str]) -> Object {
        self.reads.extend(paths.iter().map(|path| (*path).to_owned()));
        self
    }

    /// With a hook that fills and derives.
    pub fn prepare(mut self, hook: Prepare) -> Object {
        self.prepare = Some(hook);
        self
    }

    /// With a hook that refuses.
    pub fn check(mut self, hook: Check) -> Object {
        self.check = Some(hook);
        self
    }

    /// With a hook that asks for further writes.
    pub fn react(mut self, hook: React) -> Object {
        self.react = Some(hook);
        self
    }

    /// With a command.
    pub fn command(mut self, command: Command) -> Object {
        self.commands.push(command);
        self
    }

    /// With a field made by the customer.
    pub fn custom_field(mut self, mut field: Field) -> Object {
        field.custom = true;
        self.add([field]);
        self
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.index(name).map(|index| &self.fields[index])
    }

    /// The position of the field called `name`.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The command called `name`.
    pub fn command_named(&self, name: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.name == name)
    }

    /// The link through which records of this object are parts of another, if they are.
    pub fn part_of(&self) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| matches!(&field.kind, crate::fields::Kind::Link(link) if link.owned_by))
    }

    /// Whether any field's words find its records.
    pub fn is_searchable(&self) -> bool {
        self.fields.iter().any(|field| field.search)
    }
}

fn system_fields() -> Vec<Field> {
    vec![
        Field::new(
            "id",
            crate::fields::Kind::Link(crate::fields::Link {
                target: String::new(),
                kind: crate::fields::LinkKind::Link,
                owned_by: false,
            }),
            "Id",
            "编号",
        ),
        build::number("version", "Version", "版本"),
        build::instant("created_at", "Created", "创建时间"),
        build::person("created_by", "Created by", "创建人"),
        build::instant("updated_at", "Updated", "更新时间").indexed(),
        build::person("updated_by", "Updated by", "更新人"),
        build::instant("deleted_at", "Deleted", "删除时间"),
    ]
    .into_iter()
    // The id has its index already; who wrote a record is seldom asked, and each index is paid for at each write.
    .map(|field| Field { indexed: field.name == "updated_at", ..field.read_only() })
    .collect()
}
