//! What an object, field, value, filter, view, draft and write ARE. Pure: no I/O, no clock, no database.

pub mod access;
pub mod command;
pub mod draft;
pub mod fields;
pub mod filter;
pub mod formula;
pub mod label;
pub mod messages;
pub mod now;
pub mod object;
pub mod problem;
pub mod query;
pub mod record;
pub mod rollup;
pub mod schema;
pub mod value;
pub mod view;

pub use access::{Access, Action, FieldAccess, Rights, Scope};
pub use command::{Command, CommandContext, Find};
pub use draft::{Draft, Effect};
pub use fields::{Column, Field, Kind};
pub use filter::{Filter, Op, Operand};
pub use label::{Label, Language, label};
pub use now::Now;
pub use object::Object;
pub use problem::Problem;
pub use query::{ListQuery, Sort};
pub use record::Record;
pub use rollup::{Rollup, RollupFn};
pub use schema::Schema;
pub use uuid::Uuid;
pub use value::Value;
pub use view::{View, ViewKind};
