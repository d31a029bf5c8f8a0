//! Who is to know of a write: people it gives a record to, and people its texts mention. Made at the end of a batch,
//! in its transaction; imports and the program itself tell nobody.

use std::collections::BTreeMap;

use model::draft::values;
use model::query::Bin;
use model::{Effect, Filter, Kind, Object, Record, Uuid, Value};
use store::CauseKind;

use super::batch::Batch;
use super::json::title_text;
use crate::Result;
use crate::notifications::OBJECT;

/// Records of one object given to one person that are told one by one; more are told in one line.
const SINGLE_MAX: usize = 3;
/// People mentioned in one text.
const MENTIONS_MAX: usize = 20;

/// What one person is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Notice {
    person: Uuid,
    kind: &'static str,
    object: String,
}

/// The records it is about, with their titles.
type Notices = BTreeMap<Notice, Vec<(Uuid, String)>>;

impl Batch<'_, '_, '_> {
    /// Writes the notifications that the batch's writes call for.
    pub(super) fn tell(&mut self) -> Result<()> {
        let is_by_person = !self.setup.rights.user.is_nil();
        let is_told = matches!(
            self.setup.cause.kind,
            CauseKind::Request | CauseKind::Command | CauseKind::Bulk
        );
        if !is_by_person || !is_told {
            return Ok(());
        }
        let mut notices = Notices::new();
        for (name, before, after) in &self.touched {
            let Some(after) = after.as_ref().filter(|_| name != OBJECT) else { continue };
            let object = self.object(name)?;
            let title = title_text(after.get(&object, &object.title));
            for (person, kind) in self.concerned(&object, before.as_ref(), after) {
                let notice = Notice { person, kind, object: name.clone() };
                let records = notices.entry(notice).or_default();
                if !records.iter().any(|(id, _)| *id == after.id()) {
                    records.push((after.id(), title.clone()));
                }
            }
        }
        let effects = self.notice_effects(notices)?;
        if effects.is_empty() { Ok(()) } else { self.apply(effects).map(|_| ()) }
    }

    fn concerned(
        &self,
        object: &Object,
        before: Option<&Record>,
        after: &Record,
    ) -> Vec<(Uuid, &'static str)> {
        let actor = self.setup.rights.user;
        let mut people = Vec::new();
        if object.access.owned {
            let owner = after.get(object, "owner").as_id();
            let was = before.and_then(|before| before.get(object, "owner").as_id());
            people.extend(owner.filter(|owner| Some(*owner) != was).map(|id| (id, "assigned")));
        }
        for field in &object.fields {
            let Kind::LongText(_) = field.kind else { continue };
            let mentioned =
                |record: &Record| mentions(record.get(object, &field.name).as_text().unwrap_or(""));
            let known = before.map(mentioned).unwrap_or_default();
            let new = mentioned(after).into_iter().filter(|id| !known.contains(id));
            people.extend(new.map(|id| (id, "mention")));
        }
        people.retain(|(person, _)| *person != actor);
        people
    }

    fn notice_effects(&mut self, notices: Notices) -> Result<Vec<Effect>> {
        let mut effects = Vec::new();
        for (notice, records) in notices {
            let known =
                self.tx.load("user", &[notice.person], &Filter::Always, Bin::Live, false)?;
            if known.is_empty() {
                continue;
            }
            if records.len() <= SINGLE_MAX {
                effects.extend(
                    records.iter().map(|(id, title)| self.notice(&notice, title, Some(*id), 1)),
                );
            } else {
                let title = &records[0].1;
                effects.push(self.notice(&notice, title, None, records.len()));
            }
        }
        Ok(effects)
    }

    fn notice(&self, notice: &Notice, title: &str, about: Option<Uuid>, count: usize) -> Effect {
        let fields = values([
            ("kind", Value::from(notice.kind)),
            ("title", Value::from(if title.is_empty() { "—" } else { title })),
            ("at", Value::Instant(self.setup.now.at)),
            ("about", about.map_or(Value::Null, |id| Value::Any(notice.object.clone(), id))),
            ("object", Value::from(notice.object.as_str())),
            ("count", Value::Int(count as i64)),
            ("actor", Value::Id(self.setup.rights.user)),
            ("owner", Value::Id(notice.person)),
        ]);
        Effect::Create { object: OBJECT.to_owned(), id: (self.setup.new_id)(), values: fields }
    }
}

/// The users that a text mentions: `@[name](user:id)`.
fn mentions(text: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("](user:").take(MENTIONS_MAX) {
        let rest = &text[start + "](user:".len()..];
        let id = rest.split_once(')').and_then(|(id, _)| Uuid::parse_str(id).ok());
        if let Some(id) = id.filter(|id| !found.contains(id)) {
            found.push(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_once_each() {
        let [one, other] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let text =
            format!("@[李雷](user:{one}) and @[韩梅](user:{other}), @[李雷](user:{one}) (user:x)");
        assert_eq!(mentions(&text), [one, other]);
        assert!(mentions("mail@example.com](user:nobody)").is_empty());
    }
}
