//! Lists that were asked for before: rights, order and SELECT are worked out once for each reader and request.
//!
//! A plan holds for the very rights and the very object it was made of: whenever people, roles or the schema change,
//! readers get other ones, and plans of the old are asked for no more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use model::query::Bin;
use model::{Action, Filter, ListQuery, Object, Rights, Schema, Sort};
use store::Listing;

use super::json::Shape;
use super::lines::Lines;

/// Plans that are kept; when there are more, all are forgotten.
const PLANS_MAX: usize = 1_024;

/// What a list is asked for with, its page aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The reader's own filter.
    pub filter: Filter,
    /// `-updated_at,name`.
    pub sort: Option<String>,
    /// The fields shown; all when none.
    pub fields: Option<Vec<String>>,
    /// Live records or deleted ones.
    pub bin: Bin,
}

/// A list worked out.
pub struct Plan {
    asked: Asked,
    /// Kept so that no other rights and no other object come to lie where these do.
    rights: Arc<Rights>,
    object: Arc<Object>,
    /// The SELECT.
    pub listing: Listing,
    /// How its rows are written.
    pub lines: Lines,
}

/// The plans of a workspace.
#[derive(Default)]
pub struct Plans {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    plans: HashMap<(usize, usize), Vec<Arc<Plan>>>,
    count: usize,
}

impl Plans {
    /// The plan for what `rights` ask of `object`, made before or by `make`; none when it cannot be read row by row.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn plan<E>(
        &self,
        rights: &Arc<Rights>,
        object: &Arc<Object>,
        asked: Asked,
        make: impl FnOnce(&Asked) -> Result<Option<(Listing, Lines)>, E>,
    ) -> Result<Option<Arc<Plan>>, E> {
        let key = (Arc::as_ptr(rights) as usize, Arc::as_ptr(object) as usize);
        if let Some(plan) = self.known(key, &asked) {
            return Ok(Some(plan));
        }
        let Some((listing, lines)) = make(&asked)? else { return Ok(None) };
        let (rights, object) = (rights.clone(), object.clone());
        let plan = Arc::new(Plan { asked, rights, object, listing, lines });
        // Rights narrowed by a key are made for each request: nobody would ask again.
        if plan.rights.narrowed.is_none() {
            self.keep(key, plan.clone());
        }
        Ok(Some(plan))
    }

    fn known(&self, key: (usize, usize), asked: &Asked) -> Option<Arc<Plan>> {
        let known = self.known.lock().expect("no panic holds this lock");
        known.plans.get(&key)?.iter().find(|plan| plan.asked == *asked).cloned()
    }

    fn keep(&self, key: (usize, usize), plan: Arc<Plan>) {
        let mut known = self.known.lock().expect("no panic holds this lock");
        if known.count >= PLANS_MAX {
            *known = Known::default();
        }
        known.count += 1;
        known.plans.entry(key).or_default().push(plan);
    }
}

impl Plan {
    /// The object listed.
    pub fn object(&self) -> &Arc<Object> {
        &self.object
    }
}

/// Works out the list of `shape`'s object; none when its rows alone do not hold what is shown.
pub(super) fn work_out(
    schema: &Schema,
    shape: &Shape,
    sort: Vec<Sort>,
    asked: &Asked,
) -> Option<(Listing, Lines)> {
    let lines = Lines::of(shape)?;
    let (object, rights) = (shape.object, shape.rights);
    let mut titled = HashMap::new();
    for index in &shape.fields {
        let target = object.fields[*index].kind.target().and_then(|name| schema.object(name));
        if let Some(target) = target {
            titled.insert(target.name.clone(), rights.filter(schema, target, Action::Read));
        }
    }
    let filter = asked.filter.clone().and(rights.filter(schema, object, Action::Read));
    let query = ListQuery {
        sort,
        bin: asked.bin,
        only: Some(shape.fields.clone()),
        ..ListQuery::of(filter)
    };
    Some((Listing::new(&object.name, query, titled), lines))
}
