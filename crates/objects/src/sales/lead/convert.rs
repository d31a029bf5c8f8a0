//! Converting a lead: one account, one contact and, if wanted, one opportunity, made from it once.

use model::command::{Find, Tone};
use model::draft::values;
use model::fields::build::*;
use model::{Command, CommandContext, Effect, Filter, Problem, Record, Uuid, Value};

/// The command. With `account` it converts into that account; without, it refuses to make an account
/// that seems to exist already, unless `force_new` says so.
pub fn command() -> Command {
    Command::new("convert", "Convert", "转化", convert)
        .when(r#"status != "converted""#)
        .tone(Tone::Positive)
        .inputs([
            link("account", "account", "Existing account", "已有客户"),
            yes_no("force_new", "New account even so", "仍新建客户"),
            yes_no("create_opportunity", "Make an opportunity", "同时创建商机").default(true),
            text("opportunity_name", "Name of the opportunity", "商机名称"),
            money("amount", "Expected amount", "预计金额"),
        ])
        .find(Find { name: "accounts", object: "account", filter: same_name })
        .find(Find { name: "contacts", object: "contact", filter: same_person })
}

/// The name of the account to be: the company, or the person where there is none.
fn account_name<'c>(context: &'c CommandContext) -> &'c Value {
    match context.get("company") {
        Value::Null => context.get("name"),
        company => company,
    }
}

fn same_name(context: &CommandContext) -> Option<Filter> {
    let name = account_name(context);
    (!name.is_empty()).then(|| Filter::eq("name", name.clone()))
}

fn same_person(context: &CommandContext) -> Option<Filter> {
    let reach = [
        ("email", "email"),
        ("mobile", "mobile"),
        ("mobile", "phone"),
        ("phone", "mobile"),
        ("phone", "phone"),
    ];
    let given = reach.into_iter().filter(|(of_lead, _)| !context.get(of_lead).is_empty());
    let same = given.map(|(of_lead, field)| Filter::eq(field, context.get(of_lead).clone()));
    Some(Filter::any(same.collect())).filter(|filter| *filter != Filter::Never)
}

fn convert(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    let chosen = context.input("account").as_id();
    if chosen.is_none() && !context.input("force_new").is_yes() {
        duplicate(context).map_or(Ok(()), |problem| Err(vec![problem]))?;
    }
    let mut effects = Vec::new();
    let account =
        chosen.unwrap_or_else(|| create(context, &mut effects, "account", account_fields(context)));
    let contact = contact_of(context, account).unwrap_or_else(|| {
        create(context, &mut effects, "contact", contact_fields(context, account))
    });
    let is_wanted = !matches!(context.input("create_opportunity"), Value::Bool(false));
    let opportunity = is_wanted.then(|| {
        let fields = opportunity_fields(context, account, contact);
        create(context, &mut effects, "opportunity", fields)
    });
    effects.push(Effect::Update {
        object: "lead".to_owned(),
        id: context.record.id(),
        values: values([
            ("status", "converted".into()),
            ("converted_at", context.now.at.into()),
            ("converted_account", account.into()),
            ("converted_contact", contact.into()),
            ("converted_opportunity", opportunity.into()),
        ]),
    });
    Ok(effects)
}

/// The account that seems to be the same, by its name or by a person who works there.
fn duplicate(context: &CommandContext) -> Option<Problem> {
    let problem = |code, record: &Record, object: &str, account: Uuid| {
        let name = context.schema.object(object)?;
        let name = record.get(name, "name").as_text().unwrap_or("").to_owned();
        Some(Problem::of("account", code).with("name", name).with("account", account))
    };
    if let Some(account) = context.found("accounts").first() {
        return problem("duplicate", account, "account", account.id());
    }
    let object = context.schema.object("contact")?;
    let with_account = |contact: &Record| contact.get(object, "account").as_id();
    let contact =
        context.found("contacts").iter().find(|contact| with_account(contact).is_some())?;
    problem("duplicate_person", contact, "contact", with_account(contact)?)
}

/// The person is known in this account already.
fn contact_of(context: &CommandContext, account: Uuid) -> Option<Uuid> {
    let object = context.schema.object("contact")?;
    let of_account = |contact: &&Record| contact.get(object, "account").as_id() == Some(account);
    context.found("contacts").iter().find(of_account).map(Record::id)
}

fn create(
    context: &CommandContext,
    effects: &mut Vec<Effect>,
    object: &str,
    mut fields: Vec<(String, Value)>,
) -> Uuid {
    let id = (context.new_id)();
    let owner = match context.get("owner") {
        Value::Null => context.actor.into(),
        owner => owner.clone(),
    };
    fields.push(("owner".to_owned(), owner));
    fields.extend(custom_fields(context, object));
    fields.retain(|(_, value)| !value.is_empty());
    effects.push(Effect::Create { object: object.to_owned(), id, values: fields });
    id
}

/// The customer's own fields that the lead shares with `object`: same name, same kind.
fn custom_fields(context: &CommandContext, object: &str) -> Vec<(String, Value)> {
    let Some(target) = context.schema.object(object) else { return Vec::new() };
    let custom = context.object.fields.iter().filter(|field| field.custom);
    let shared = custom.filter(|field| {
        target.field(&field.name).is_some_and(|other| {
            other.custom && other.is_writable() && other.kind().name() == field.kind().name()
        })
    });
    shared.map(|field| (field.name.clone(), context.get(&field.name).clone())).collect()
}

/// The lead's own values under the same names.
fn carried(context: &CommandContext, names: &[&str]) -> Vec<(String, Value)> {
    names.iter().map(|name| ((*name).to_owned(), context.get(name).clone())).collect()
}

const ADDRESS: [&str; 6] = ["country", "region", "city", "district", "street", "postcode"];

fn account_fields(context: &CommandContext) -> Vec<(String, Value)> {
    let is_person = context.get("company").is_empty();
    let mut fields = values([
        ("name", account_name(context).clone()),
        ("kind", if is_person { "person" } else { "company" }.into()),
        ("lifecycle", "prospect".into()),
    ]);
    fields.extend(carried(context, &["industry", "source", "phone", "tags"]));
    fields.extend(carried(context, &ADDRESS));
    fields
}

fn contact_fields(context: &CommandContext, account: Uuid) -> Vec<(String, Value)> {
    let mut fields = values([("account", account.into())]);
    let names = ["name", "job_title", "mobile", "phone", "email", "wechat", "source", "tags"];
    fields.extend(carried(context, &names));
    fields.extend(carried(context, &ADDRESS));
    fields
}

fn opportunity_fields(
    context: &CommandContext,
    account: Uuid,
    contact: Uuid,
) -> Vec<(String, Value)> {
    let name = match context.input("opportunity_name") {
        Value::Null => account_name(context).clone(),
        given => given.clone(),
    };
    let mut fields = values([
        ("name", name),
        ("account", account.into()),
        ("contact", contact.into()),
        ("expected_amount", context.input("amount").clone()),
        ("description", context.get("requirement").clone()),
        ("engaged_on", context.now.today().into()),
    ]);
    fields.extend(carried(context, &["source", "tags"]));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::{account, contact};
    use crate::sales::lead;
    use crate::testing::{Scene, decimal, id, record};

    fn lead() -> Scene {
        Scene::new(lead::object())
            .set("name", "王芳")
            .set("company", "云帆科技")
            .set("mobile", "+8613800138000")
            .set("city", "杭州")
            .set("owner", id(8))
    }

    const ACCOUNT: &str =
        "create account#1001 name=云帆科技 kind=company lifecycle=prospect city=杭州 owner=#8";

    #[test]
    fn a_lead_becomes_account_contact_and_opportunity() {
        let inputs = [("opportunity_name", "ERP".into()), ("amount", decimal("5000"))];
        assert_eq!(
            lead().plan("convert", &inputs, &[]),
            [
                ACCOUNT,
                "create contact#1002 account=#1001 name=王芳 mobile=+8613800138000 city=杭州 owner=#8",
                "create opportunity#1003 name=ERP account=#1001 contact=#1002 expected_amount=5000 \
             engaged_on=2026-11-23 owner=#8",
                "update lead#1 status=converted converted_at=2026-11-23T01:00:00Z \
             converted_account=#1001 converted_contact=#1002 converted_opportunity=#1003",
            ]
        );
    }

    #[test]
    fn without_a_company_the_person_is_the_customer() {
        let person = Scene::new(lead::object()).set("name", "王芳");
        let planned = person.plan("convert", &[("create_opportunity", false.into())], &[]);
        assert_eq!(
            planned,
            [
                "create account#1001 name=王芳 kind=person lifecycle=prospect owner=#7",
                "create contact#1002 account=#1001 name=王芳 owner=#7",
                "update lead#1 status=converted converted_at=2026-11-23T01:00:00Z \
             converted_account=#1001 converted_contact=#1002 converted_opportunity=-",
            ]
        );
    }

    #[track_caller]
    fn check_first(inputs: &[(&str, Value)], found: &[(&'static str, Vec<Record>)], first: &str) {
        assert_eq!(lead().plan("convert", inputs, found)[0], first);
    }

    #[test]
    fn a_customer_who_is_known_is_not_made_twice() {
        let accounts = vec![record(&account::object(), 4, &[("name", "云帆科技".into())])];
        let accounts = [("accounts", accounts)];
        check_first(&[], &accounts, "problem account: duplicate");
        check_first(&[("force_new", true.into())], &accounts, ACCOUNT);
        let into =
            "create contact#1001 account=#4 name=王芳 mobile=+8613800138000 city=杭州 owner=#8";
        check_first(&[("account", id(4))], &accounts, into);
    }

    #[test]
    fn a_person_who_is_known_is_not_made_twice() {
        let object = contact::object();
        let contacts = [("contacts", vec![record(&object, 5, &[("account", id(4))])])];
        check_first(&[], &contacts, "problem account: duplicate_person");
        let deal = "create opportunity#1001 name=云帆科技 account=#4 contact=#5 \
                    engaged_on=2026-11-23 owner=#8";
        check_first(&[("account", id(4))], &contacts, deal);
        let alone = [("contacts", vec![record(&object, 5, &[])])];
        check_first(&[], &alone, ACCOUNT);
    }
}
