//! Measures the product beside its floors, in one run: the same rows, the same columns and indexes, no rights, no
//! history. Not a test: it prints, and judges by ratios alone.
//!
//! `make bench`, or `cargo bench -p bench -- [--contacts 1000000] [--database sqlite|postgres] [--only list,import]
//! [--dir kept]`.

pub mod child;
pub mod dice;
pub mod floor;
pub mod load;
pub mod rows;
pub mod table;
pub mod work;
pub mod world;

use std::path::PathBuf;
use std::process::ExitCode;

/// Whatever went wrong, in words.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What is measured.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Contacts of the large firm; a tenth of it on PostgreSQL unless it is given.
    pub contacts: Option<usize>,
    /// Databases by name.
    pub databases: Vec<String>,
    /// Works by name; all when empty.
    pub only: Vec<String>,
    /// Where the firms are kept, to be looked at afterwards and measured again; nowhere when there is none.
    pub dir: Option<PathBuf>,
}

impl Wanted {
    fn read(arguments: &[String]) -> Outcome<Wanted> {
        let given = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let words = |text: String| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        Ok(Wanted {
            contacts: given("--contacts").map(|number| number.parse()).transpose()?,
            databases: given("--database")
                .map_or_else(|| vec!["sqlite".to_owned(), "postgres".to_owned()], words),
            only: given("--only").map_or_else(Vec::new, words),
            dir: given("--dir").map(PathBuf::from),
        })
    }

    /// Contacts of the large firm on `database`.
    pub fn contacts_on(&self, database: &str) -> usize {
        let usual = if database == "postgres" { 100_000 } else { 1_000_000 };
        self.contacts.unwrap_or(usual)
    }

    /// Whether the work called `name` is wanted.
    pub fn is(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

/// Measures; or serves, when this program was started again to be a server.
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = |index: usize| arguments.get(index).cloned().unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("--config") => return server::cli::main(),
        Some("floor-sqlite") => floor::sqlite::serve(PathBuf::from(at(1)), PathBuf::from(at(2))),
        Some("floor-postgres") => floor::postgres::serve(at(1), at(2), at(3)),
        _ => Wanted::read(&arguments).and_then(|wanted| work::all(&wanted)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
