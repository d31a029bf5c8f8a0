//! The declarations as a whole: no faults, both languages everywhere, names that lead somewhere.

use std::collections::{HashMap, HashSet};

use model::access::RoleRights;
use model::fields::{Choice, Kind, ManyChoices, Setting};
use model::{
    Action, Field, FieldAccess, Filter, Label, Language, Now, Object, Rights, Schema, Scope,
};
use model::{filter, formula::Formula};
use objects::seed::{self, SeedValue};

fn schema() -> Schema {
    let (modules, objects) = objects::declared();
    Schema::build(modules, objects).unwrap_or_else(|faults| panic!("{}", faults.join("\n")))
}

fn check_label(label: &Label, of: &str) {
    assert!(!label.en.trim().is_empty() && !label.zh.trim().is_empty(), "{of} lacks a language");
    assert!(!label.en.contains(is_han), "{of}: English first");
    // Names such as Excel and vCard are the same in both languages.
    assert!(label.zh.contains(is_han) || label.zh == label.en, "{of}: {} is not Chinese", label.zh);
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn check_field_labels(field: &Field, of: &str) {
    let of = format!("{of}.{}", field.name);
    check_label(&field.label, &of);
    if let Some(help) = &field.help {
        check_label(help, &of);
    }
    if let Kind::Choice(Choice { options }) | Kind::ManyChoices(ManyChoices { options }) =
        &field.kind
    {
        let values: HashSet<_> = options.iter().map(|option| &option.value).collect();
        assert_eq!(values.len(), options.len(), "{of}: an option twice");
        for option in options {
            check_label(&option.label, &format!("{of}: {}", option.value));
        }
    }
}

#[test]
fn the_schema_has_no_faults() {
    assert_eq!(schema().version, objects::schema().version);
}

#[test]
fn every_label_is_there_in_both_languages() {
    let schema = schema();
    for module in &schema.modules {
        check_label(&module.label, module.name);
    }
    for object in schema.objects() {
        check_label(&object.label, &object.name);
        check_label(&object.plural_label, &object.name);
        for field in &object.fields {
            check_field_labels(field, &object.name);
        }
        for section in &object.sections {
            check_label(&section.label, &section.name);
        }
        for view in &object.views {
            check_label(&view.label, &view.name);
        }
        for command in &object.commands {
            check_label(&command.label, command.name);
            for input in &command.inputs {
                check_field_labels(input, command.name);
            }
        }
    }
}

#[test]
fn every_object_is_of_a_module_and_can_be_listed() {
    let schema = schema();
    for object in schema.objects() {
        let module = schema.modules.iter().any(|module| module.name == object.module);
        assert!(module, "{}: no module {}", object.name, object.module);
        assert!(!object.views.is_empty(), "{} has no view", object.name);
        let names: HashSet<_> = object.views.iter().map(|view| &view.name).collect();
        assert_eq!(names.len(), object.views.len(), "{}: a view twice", object.name);
        assert!(object.subtitle.iter().all(|name| object.field(name).is_some()), "{}", object.name);
    }
}

#[test]
fn the_filters_of_views_can_be_asked() {
    let schema = schema();
    let now = Now::new("2026-11-23T01:00:00Z".parse().unwrap(), jiff::tz::TimeZone::UTC);
    for object in schema.objects() {
        for view in &object.views {
            let Some(filter) = &view.filter else { continue };
            let rights = Rights::system();
            let parsed =
                filter::parse_saved(filter, object, &schema, &rights, &now, &Setting::default());
            assert!(parsed.is_ok(), "{}.{}: {parsed:?}", object.name, view.name);
        }
    }
}

#[test]
fn filters_of_finds_and_roll_ups_name_fields() {
    let schema = schema();
    for object in schema.objects() {
        for field in &object.fields {
            let Kind::Rollup(kind) = &field.kind else { continue };
            let child = schema.object(&kind.rollup.child).unwrap();
            check_fields(&kind.rollup.filter, child, &format!("{}.{}", object.name, field.name));
        }
        for command in &object.commands {
            for find in &command.finds {
                assert!(schema.object(find.object).is_some(), "{}: {}", command.name, find.object);
            }
        }
    }
}

fn check_fields(filter: &Filter, object: &Object, of: &str) {
    match filter {
        Filter::And(all) => all.iter().for_each(|filter| check_fields(filter, object, of)),
        Filter::Is { field, .. } => assert!(object.field(field).is_some(), "{of}: {field}"),
        Filter::Always => {}
        other => panic!("{of}: {other:?} is not foreseen"),
    }
}

#[test]
fn conditions_of_commands_are_formulas_over_the_record() {
    let schema = schema();
    for object in schema.objects() {
        for command in &object.commands {
            let Some(when) = command.when else { continue };
            let formula = Formula::parse(when).unwrap();
            for path in formula.paths() {
                let known = path.len() == 1 && object.field(&path[0]).is_some();
                assert!(known, "{}.{}: {path:?}", object.name, command.name);
            }
        }
    }
}

#[test]
fn what_people_know_of_a_record_finds_it() {
    let schema = schema();
    for object in
        ["account", "contact", "lead", "opportunity", "product", "user", "activity", "task"]
    {
        assert!(schema.object(object).unwrap().is_searchable(), "{object}");
    }
}

#[test]
fn seeded_records_have_fields_and_links_that_exist() {
    let schema = schema();
    for language in [Language::En, Language::Zh] {
        let mut seeded: HashMap<String, &str> = HashMap::new();
        for record in seed::records(language) {
            let object = schema.object(record.object).unwrap();
            for (name, value) in &record.fields {
                let field = object.field(name).unwrap_or_else(|| panic!("{}.{name}", object.name));
                if let SeedValue::Link(key) = value {
                    assert_eq!(
                        seeded.get(key).copied(),
                        field.kind.target(),
                        "{}: {key}",
                        record.key
                    );
                }
            }
            for field in
                object.fields.iter().filter(|field| field.required && field.default.is_none())
            {
                let given = record.fields.iter().any(|(name, _)| *name == field.name);
                assert!(given, "{} lacks {}", record.key, field.name);
            }
            assert!(
                seeded.insert(record.key.clone(), record.object).is_none(),
                "{} twice",
                record.key
            );
        }
    }
}

#[test]
fn default_roles_speak_of_what_there_is() {
    let schema = schema();
    for role in seed::default_roles() {
        for (object, _, scope) in &role.rights {
            assert!(*object == "*" || schema.object(object).is_some(), "{}: {object}", role.code);
            assert!(Scope::named(scope).is_some(), "{}: {scope}", role.code);
        }
        for (object, field, access) in &role.fields {
            let object = schema.object(object).unwrap();
            assert!(object.field(field).is_some(), "{}: {field}", role.code);
            assert!(FieldAccess::named(access).is_some(), "{}: {access}", role.code);
        }
    }
}

/// The rights of a user with the default role `code`, whose department has user #2 besides.
fn rights(code: &str) -> Rights {
    let role =
        seed::default_roles().into_iter().find(|role| role.code == code).expect("a default role");
    let grants = role.rights.into_iter();
    let grants =
        grants.map(|(object, action, scope)| ((object.to_owned(), action), Scope::named(scope)));
    let roles = vec![RoleRights { grants: grants.collect(), ..RoleRights::default() }];
    let me = model::Uuid::from_u128(1);
    let mut rights = Rights { user: me, roles, ..Rights::default() };
    rights.reach.department_below = vec![model::Uuid::from_u128(2)];
    rights
}

#[track_caller]
fn check_may(role: &str, object: &str, actions: &str) {
    let schema = schema();
    let object = schema.object(object).expect("a declared object");
    let rights = rights(role);
    let may = Action::ALL.into_iter().filter(|action| rights.may(&schema, object, *action));
    assert_eq!(
        may.map(Action::name).collect::<Vec<_>>().join(" "),
        actions,
        "{role}: {}",
        object.name
    );
}

#[test]
fn default_roles_do_their_work_and_no_more() {
    check_may("administrator", "job", "read create update delete import export");
    check_may("sales_manager", "opportunity", "read create update delete import export");
    check_may("sales_manager", "setting", "");
    check_may("salesperson", "account", "read create update delete import");
    check_may("salesperson", "opportunity_line", "read create update delete import export");
    check_may("salesperson", "order", "read create update");
    check_may("salesperson", "pipeline", "read");
    check_may("salesperson", "product", "read");
    check_may("salesperson", "user", "read");
    check_may("salesperson", "role_right", "read");
    check_may("salesperson", "job", "");
    check_may("service", "opportunity", "");
    check_may("marketer", "lead", "read create update delete import export");
    check_may("marketer", "opportunity", "read");
    check_may("read_only", "account", "read");
    check_may("read_only", "order_line", "read");
    check_may("read_only", "saved_view", "read create update delete");
}

#[test]
fn a_salesperson_sees_the_own_accounts_and_those_shared() {
    let schema = schema();
    let account = schema.object("account").unwrap();
    let filter = rights("salesperson").filter(&schema, account, Action::Read);
    let Filter::Or(any) = filter else { panic!("{filter:?}") };
    assert_eq!(any[0], Filter::eq("owner", model::Uuid::from_u128(1)));
    assert!(matches!(&any[1], Filter::HasChild { child, .. } if child == "record_member"));
    assert_eq!(any.len(), 2);
}
