//! The business: one file per object, in one folder per module. Pure: no I/O, no clock, no database.
//!
//! A new object is one file with `pub fn object() -> Object` and one name in the list below.

mod choices;
mod filters;
mod line;
mod links;
pub mod seed;
#[cfg(test)]
mod testing;

use model::Object;
use model::Schema;
use model::schema::Module;

/// Declares `<module>/<object>.rs` for every name, and the list of all objects in this order.
macro_rules! objects {
    ($($module:ident { $($object:ident),* $(,)? })*) => {
        $(mod $module { $(pub mod $object;)* })*

        fn objects() -> Vec<Object> {
            vec![$($($module::$object::object(),)*)*]
        }
    };
}

objects! {
    customer { account, contact, address, relation, tag }
    sales {
        lead, opportunity, opportunity_line, opportunity_competitor, stage_change, order, order_line,
        pipeline, stage,
    }
    work { activity, task, file }
    catalog { product, product_category, price_list, price_list_item }
    organisation {
        user, department, team, role, role_right, role_field_right, record_member, api_key,
    }
    system {
        saved_view, import, import_mapping, export, bulk, job, setting, notification, security_event,
    }
}

/// The modules, in menu order.
fn modules() -> Vec<Module> {
    vec![
        Module::new("customer", "Customers", "客户"),
        Module::new("sales", "Sales", "销售"),
        Module::new("work", "Work", "工作"),
        Module::new("catalog", "Catalog", "产品"),
        Module::new("organisation", "Organisation", "组织"),
        Module::new("system", "System", "系统"),
    ]
}

/// All declared modules and objects, for merging with what a workspace adds.
pub fn declared() -> (Vec<Module>, Vec<Object>) {
    (modules(), objects())
}

/// The schema of a workspace that adds nothing of its own.
pub fn schema() -> Schema {
    let (modules, objects) = declared();
    Schema::build(modules, objects).expect("declarations without faults: the tests build them")
}
