//! Attacks, one test a case of `docs/attacks-and-faults.md`: by people who are signed in, by programs with a key, by
//! pages of other sites and by nobody.

mod abuse;
mod accounts;
mod browsers;
mod fields;
mod files;
mod injection;
mod objects;
mod paths;
mod wire;
