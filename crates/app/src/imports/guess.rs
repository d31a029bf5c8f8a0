//! Guesses which column goes into which field: by names in both languages, other words for the same, likeness, and
//! what the values look like. A person looks at the guess before anything is done.

use std::collections::{BTreeMap, HashSet};

use formats::detect;
use model::object::Written;
use model::{Action, Field, FieldAccess, Kind, Object, Rights, Schema};

use super::mapping::{ColumnRule, IfMissing, LinkRule, Mapping, Policy};

/// Names less alike than this are not taken for the same.
const ALIKE_MIN: f64 = 0.9;
/// The share of values that must look like a kind.
const SHAPED_MIN: f64 = 0.8;

/// Other words for fields that many objects have, as other programs and cards call them.
const WORDS: &[(&str, &[&str])] = &[
    (
        "name",
        &[
            "full name",
            "title",
            "名称",
            "名字",
            "姓名",
            "company",
            "company name",
            "公司",
            "公司名称",
            "organization",
        ],
    ),
    ("email", &["e-mail", "mail", "email address", "邮箱", "电子邮箱", "电子邮件"]),
    ("phone", &["tel", "telephone", "phone number", "电话", "联系电话", "座机"]),
    ("mobile", &["cell", "mobile phone", "cell phone", "手机", "手机号", "手机号码"]),
    ("website", &["url", "web", "homepage", "网址", "官网"]),
    (
        "owner",
        &["sales agent", "salesperson", "sales rep", "assigned to", "负责人", "业务员", "销售"],
    ),
    ("industry", &["sector", "行业", "所属行业"]),
    ("job_title", &["position", "职位", "职务"]),
    ("description", &["note", "notes", "remark", "comment", "备注", "说明"]),
    ("employees", &["staff", "headcount", "员工数", "人数"]),
    ("annual_revenue", &["revenue", "turnover", "营业额"]),
    ("founded_year", &["year established", "founded", "成立年份"]),
    ("parent", &["subsidiary of", "parent company", "上级", "母公司"]),
    ("country", &["office location", "address country", "国家"]),
    ("region", &["state", "province", "address region", "省份"]),
    ("city", &["address city", "城市"]),
    ("street", &["address", "address street", "地址", "详细地址"]),
    ("postcode", &["zip", "zip code", "postal code", "address postal code", "邮政编码"]),
    ("external_id", &["id", "key", "external key", "编号", "外部编号"]),
    ("code", &["sku", "stock code", "编码", "货号"]),
    ("price", &["sales price", "list price", "unit price", "单价", "售价"]),
    ("quantity", &["qty", "数量"]),
    ("tags", &["categories", "labels", "标签"]),
    ("birthday", &["date of birth", "生日"]),
];

/// The mapping that fits `object` best and how well; none when whoever asks may not import it, or nothing fits.
pub fn guess(
    schema: &Schema,
    rights: &Rights,
    object: &Object,
    headers: &[String],
    samples: &[Vec<String>],
) -> Option<(f64, Mapping)> {
    if object.written == Written::BySystem || !rights.may(schema, object, Action::Import) {
        return None;
    }
    let mut columns = BTreeMap::new();
    let mut links = BTreeMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut score = 0.0;
    let mut pairs: Vec<(f64, usize, &Field)> = Vec::new();
    let fields = object
        .fields
        .iter()
        .filter(|field| field.is_writable() && rights.field(object, field) == FieldAccess::Write);
    let fields: Vec<&Field> = fields.collect();
    for (index, header) in headers.iter().enumerate() {
        for field in &fields {
            let fit = fit(object, field, header, &samples[index]);
            if fit > 0.0 {
                pairs.push((fit, index, field));
            }
        }
    }
    // The best pairs first; each column and each field once.
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut used: HashSet<usize> = HashSet::new();
    for (fit, index, field) in pairs {
        let header = &headers[index];
        if header.trim().is_empty() || used.contains(&index) || !taken.insert(field.name.clone()) {
            continue;
        }
        used.insert(index);
        score += fit;
        columns.insert(header.clone(), rule(field, &samples[index]));
        if field.kind.target().is_some() {
            links.insert(
                field.name.clone(),
                LinkRule { match_on: Vec::new(), if_missing: IfMissing::Problem },
            );
        }
    }
    by_id(object, headers, &mut columns);
    if columns.is_empty() {
        return None;
    }
    let has_title = columns.values().any(|rule| rule.field == object.title);
    score += if has_title { 1.0 } else { 0.0 };
    let (policy, match_on) = matched(object, &columns);
    links.retain(|path, _| columns.values().any(|rule| rule.field == *path));
    let mapping = Mapping {
        object: object.name.clone(),
        policy,
        match_on,
        columns,
        links,
        computed: BTreeMap::new(),
        constants: BTreeMap::new(),
        file: super::mapping::FileRule::default(),
    };
    // A part of other records is seldom meant when the whole fits as well.
    let part = if object.hidden { 0.5 } else { 1.0 };
    Some((score * part / headers.len().max(1) as f64, mapping))
}

/// Our own exports name records by their ids beside their titles: ids are exact.
fn by_id(object: &Object, headers: &[String], columns: &mut BTreeMap<String, ColumnRule>) {
    for header in headers {
        if header == "id" {
            columns.insert(header.clone(), ColumnRule::to("id"));
        }
        let Some(link) = header.strip_suffix(".id") else { continue };
        let field =
            object.field(link).filter(|field| field.is_writable() && field.kind.target().is_some());
        if field.is_some() {
            columns.retain(|_, rule| rule.field != link);
            columns.insert(header.clone(), ColumnRule::to(link));
        }
    }
}

/// What finds records that are there already: the id, or what is unique.
fn matched(object: &Object, columns: &BTreeMap<String, ColumnRule>) -> (Policy, Vec<String>) {
    let mapped = |name: &str| columns.values().any(|rule| rule.field == name);
    if mapped("id") {
        return (Policy::CreateOrUpdate, vec!["id".to_owned()]);
    }
    match object.fields.iter().find(|field| field.unique && mapped(&field.name)) {
        Some(field) => (Policy::CreateOrUpdate, vec![field.name.clone()]),
        None => (Policy::Create, Vec::new()),
    }
}

/// How well a column fits a field, 0 to 1.
fn fit(object: &Object, field: &Field, header: &str, samples: &[String]) -> f64 {
    let told = plain(header);
    if told.is_empty() {
        return 0.0;
    }
    let is_same = |word: &str| plain(word) == told;
    let named = if is_same(&field.name) || is_same(&field.label.en) || is_same(&field.label.zh) {
        1.0
    } else if is_same(&format!("{} {}", object.label.en, field.label.en))
        || is_of_object(object, field, &told)
        || words(field).any(is_same)
        || (field.name == object.title && (is_same(&object.name) || is_same(&object.label.zh)))
    {
        0.95
    } else {
        let alike = [&field.name, &field.label.en, &field.label.zh]
            .map(|word| text::similar(&plain(word), &told));
        let most = alike.into_iter().fold(0.0, f64::max);
        if most >= ALIKE_MIN { most * 0.9 } else { 0.0 }
    };
    match (shaped(field, samples), named > 0.0) {
        // Values that are nothing of the kind: the name deceives. Options have other words elsewhere: a person says which.
        (Some(share), true) if share < 1.0 - SHAPED_MIN && !has_options(field) => 0.0,
        (Some(share), false) if share >= SHAPED_MIN && is_telling(field) => 0.4,
        _ => named,
    }
}

/// Whether the field's label is the column's name after the object's own, as in `客户级别` for `级别`.
fn is_of_object(object: &Object, field: &Field, told: &str) -> bool {
    let pairs = [(&object.label.en, &field.label.en), (&object.label.zh, &field.label.zh)];
    pairs.iter().any(|(one, label)| {
        plain(label).strip_prefix(&plain(one)).is_some_and(|rest| !rest.is_empty() && rest == told)
    })
}

fn has_options(field: &Field) -> bool {
    matches!(field.kind, Kind::Choice(_) | Kind::ManyChoices(_))
}

fn words(field: &Field) -> impl Iterator<Item = &'static str> {
    let known = WORDS.iter().filter(|(name, _)| *name == field.name);
    known.flat_map(|(_, words)| words.iter().copied())
}

fn plain(text: &str) -> String {
    text::unique_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Kinds whose values are known by their looks alone.
fn is_telling(field: &Field) -> bool {
    matches!(field.kind, Kind::Email(_) | Kind::Url(_))
}

/// The share of the samples that the field would take; none when that tells nothing.
fn shaped(field: &Field, samples: &[String]) -> Option<f64> {
    if samples.is_empty() {
        return None;
    }
    if matches!(field.kind, Kind::Date(_) | Kind::Instant(_)) {
        let texts: Vec<&str> = samples.iter().map(String::as_str).collect();
        return Some(if detect(&texts).is_some() { 1.0 } else { 0.0 });
    }
    let tells = !matches!(
        field.kind,
        Kind::Text(_) | Kind::LongText(_) | Kind::AutoNumber(_) | Kind::AnyLink(_)
    );
    if !tells || field.kind.target().is_some() {
        return None;
    }
    let setting = model::fields::Setting::default();
    // Any word can be read as an address; one that is meant as such has a dot.
    let looks = |text: &&String| !matches!(field.kind, Kind::Url(_)) || text.contains('.');
    let taken = samples
        .iter()
        .filter(looks)
        .filter(|text| field.kind().read_text(text, &setting).is_ok())
        .count();
    Some(taken as f64 / samples.len() as f64)
}

fn rule(field: &Field, samples: &[String]) -> ColumnRule {
    let mut rule = ColumnRule::to(&field.name);
    if matches!(field.kind, Kind::Date(_) | Kind::Instant(_)) {
        let texts: Vec<&str> = samples.iter().map(String::as_str).collect();
        rule.date = detect(&texts).map(|found| found.pattern.to_string());
    }
    if field.kind.is_set() {
        rule.list = Some(";".to_owned());
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, samples: &[&str], field: Option<&str>) {
        let schema = crate::schema();
        let rights = Rights::system();
        let samples = vec![samples.iter().map(|text| (*text).to_owned()).collect()];
        // The object that a list of firms is of: the first that imports know.
        let object = schema.objects().find(|object| object.field("industry").is_some());
        let object = object.expect("an object with an industry");
        let found = guess(&schema, &rights, object, &[header.to_owned()], &samples);
        let guessed =
            found.and_then(|(_, mapping)| Some(mapping.columns.get(header)?.field.clone()));
        assert_eq!(guessed.as_deref(), field, "{header}");
    }

    #[test]
    fn options_in_other_words_are_still_options() {
        check("行业", &["软件业", "制造业"], Some("industry"));
        check("级别", &["VIP", "普通"], Some("level"));
        check("Level", &["gold"], Some("level"));
    }

    #[test]
    fn addresses_have_a_dot() {
        check("xyz", &["软件业", "制造业"], None);
        check("xyz", &["guanxi.example", "www.example.com"], Some("website"));
    }
}
