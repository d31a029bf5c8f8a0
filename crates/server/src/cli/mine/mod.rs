//! `guanxi mine`: studies of customers in a file, without a workspace.

mod files;
mod verify;
mod watch;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};
use mining::Run;
use std::path::PathBuf;
use studies::show::{json, terminal};
use studies::{Input, Kind, Language, Refusal, Report, STUDIES, Settings, Study, study};

use super::{Context, Failed};
use files::Opening;
use watch::Watching;

/// Which study of which file, and how it was told.
pub struct Mine {
    what: What,
    seed: u64,
    shards: usize,
    language: Language,
}

enum What {
    Study(Box<Asked>),
    Verify { data: PathBuf, only: Vec<String> },
}

/// A study asked for.
struct Asked {
    study: &'static Study,
    file: PathBuf,
    newer: Option<PathBuf>,
    settings: Settings,
    opening: Opening,
    out: Option<PathBuf>,
}

impl Args for Mine {
    fn augment_args(command: Command) -> Command {
        let zh = spoken() == Language::Zh;
        let studies = STUDIES.iter().map(|study| {
            let about = if zh { study.about.1 } else { study.about.0 };
            let command =
                Command::new(study.name).about(about).args(files(study.compares)).args(usual());
            command.args(study.settings().map(|setting| {
                let help = if zh { setting.zh } else { setting.en };
                let arg = Arg::new(setting.name).long(setting.name).help(help);
                match setting.kind {
                    Kind::Flag => arg.action(ArgAction::SetTrue),
                    Kind::Choice(words) => arg.value_name("WORD").value_parser(words.to_vec()),
                    Kind::Column => arg.value_name("COLUMN"),
                    Kind::Columns => arg.value_name("COLUMNS"),
                    Kind::Day => arg.value_name("DAY"),
                    Kind::Text => arg.value_name("TEXT"),
                    Kind::Number | Kind::Whole => arg.value_name("N").allow_negative_numbers(true),
                    Kind::Numbers => arg.value_name("N,N…").allow_negative_numbers(true),
                }
            }))
        });
        let verify = Command::new("verify")
            .about("Prints what the engine reaches on public data beside the published figures")
            .arg(
                Arg::new("file")
                    .required(true)
                    .value_name("DIRECTORY")
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(Arg::new("only").num_args(0..).value_name("STUDY").help("only these parts"))
            .args(usual());
        command.subcommand_required(true).subcommands(studies).subcommand(verify)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The files a study reads and writes, and how a file is written.
fn files(compares: bool) -> Vec<Arg> {
    let path = |name: &'static str| Arg::new(name).value_parser(value_parser!(PathBuf));
    let mut out = vec![
        path("file").required(true).value_name("FILE").help("CSV (also .gz), XLSX or JSON lines"),
        path("out")
            .long("out")
            .value_name("DIRECTORY")
            .help("where the page, the JSON and the list go; the working directory if not given"),
        Arg::new("no-files").long("no-files").action(ArgAction::SetTrue).help("writes no files"),
        Arg::new("encoding")
            .long("encoding")
            .value_name("NAME")
            .help("encoding of the file, such as gb18030; found out if not given"),
        Arg::new("delimiter")
            .long("delimiter")
            .value_name("CHARACTER")
            .help("delimiter of CSV; found out if not given"),
        Arg::new("sheet").long("sheet").value_name("NAME").help("sheet of a workbook"),
        Arg::new("no-header")
            .long("no-header")
            .action(ArgAction::SetTrue)
            .help("the first row is data; columns are called A, B, C"),
    ];
    if compares {
        out.insert(
            1,
            path("newer").required(true).value_name("NEWER FILE").help("the file to compare with"),
        );
    }
    out
}

/// What every study can be told.
fn usual() -> [Arg; 3] {
    [
        Arg::new("lang").long("lang").value_parser(["en", "zh"]).help("language of the answer"),
        Arg::new("seed")
            .long("seed")
            .value_parser(value_parser!(u64))
            .default_value("1")
            .help("decides every random choice"),
        Arg::new("shards")
            .long("shards")
            .value_parser(value_parser!(u64).range(1..=256))
            .help("parts worked on at once; the result does not depend on it"),
    ]
}

impl FromArgMatches for Mine {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, given) = matches.subcommand().ok_or_else(missing)?;
        let path = |name: &str| given.get_one::<PathBuf>(name).cloned();
        let text = |name: &str| given.get_one::<String>(name).cloned();
        let file = path("file").ok_or_else(missing)?;
        let what = match study(name) {
            None => {
                let only = given.get_many::<String>("only").unwrap_or_default().cloned().collect();
                What::Verify { data: file, only }
            }
            Some(study) => {
                let mut settings = Settings::new();
                for setting in study.settings() {
                    match setting.kind {
                        Kind::Flag if given.get_flag(setting.name) => {
                            settings.set(setting.name, "true")
                        }
                        Kind::Flag => {}
                        _ => text(setting.name)
                            .into_iter()
                            .for_each(|t| settings.set(setting.name, t)),
                    }
                }
                let opening = Opening {
                    encoding: text("encoding"),
                    delimiter: text("delimiter"),
                    sheet: text("sheet"),
                    header: !given.get_flag("no-header") && !settings.flag("list"),
                    lists: settings.flag("list"),
                };
                let newer = if study.compares { path("newer") } else { None };
                let out = match given.get_flag("no-files") {
                    true => None,
                    false => Some(path("out").unwrap_or_else(|| PathBuf::from("."))),
                };
                What::Study(Box::new(Asked { study, file, newer, settings, opening, out }))
            }
        };
        let language = match text("lang").as_deref() {
            Some("zh") => Language::Zh,
            Some(_) => Language::En,
            None => spoken(),
        };
        let shards = given.get_one::<u64>("shards").map_or_else(cores, |n| *n as usize);
        let seed = given.get_one::<u64>("seed").copied().unwrap_or(1);
        Ok(Self { what, seed, shards, language })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The language of the terminal.
fn spoken() -> Language {
    let set = |name| std::env::var(name).ok().filter(|v: &String| !v.is_empty());
    let found = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    if found.starts_with("zh") { Language::Zh } else { Language::En }
}

/// Does the study, prints what was found, and writes the files. Ctrl-C stops it.
///
/// # Errors
/// What is wrong with the file or the settings; exit code 130 when stopped.
pub async fn run(context: Context, mine: Mine) -> Result<(), Failed> {
    let watching = Watching::new(context.json);
    let hand = watching.hand();
    let as_json = context.json;
    let work = tokio::task::spawn_blocking(move || {
        let run = Run { seed: mine.seed, shards: mine.shards, watch: &watching };
        match mine.what {
            What::Study(asked) => done(&asked, &run, mine.language, as_json),
            What::Verify { data, only } => verify::run(&data, &only, &run, as_json),
        }
    });
    tokio::pin!(work);
    let ended = tokio::select! {
        ended = &mut work => ended,
        _ = tokio::signal::ctrl_c() => {
            hand.stop();
            tokio::select! {
                ended = &mut work => ended,
                // Whoever asks twice does not want to wait.
                _ = tokio::signal::ctrl_c() => std::process::exit(130),
            }
        }
    };
    ended.map_err(Failed::because)?
}

fn done(asked: &Asked, run: &Run<'_>, language: Language, as_json: bool) -> Result<(), Failed> {
    let failed = |refusal| failed(refusal, language);
    let sheet = asked.opening.read(&asked.file, run).map_err(failed)?;
    let newer = match &asked.newer {
        Some(path) => Some(asked.opening.read(path, run).map_err(failed)?),
        None => None,
    };
    let source =
        asked.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let input = Input {
        sheet: &sheet,
        second: newer.as_ref(),
        settings: &asked.settings,
        source: &source,
        today: today(),
    };
    let report = asked.study.run(&input, run).map_err(failed)?;
    let written = match &asked.out {
        Some(directory) => files::write(&report, language, directory)?,
        None => Vec::new(),
    };
    print(&report, language, as_json, &written)
}

fn print(
    report: &Report,
    language: Language,
    as_json: bool,
    written: &[PathBuf],
) -> Result<(), Failed> {
    use std::io::Write;
    let text = if as_json { format!("{}\n", json(report)) } else { terminal(report, language) };
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads us may stop reading, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
        other => other.map_err(Failed::because)?,
    }
    for path in written {
        eprintln!("{}", path.display());
    }
    Ok(())
}

/// Days since 1970-01-01 of today in UTC.
fn today() -> f64 {
    (jiff::Timestamp::now().as_second() as f64 / 86_400.0).floor()
}

fn failed(refusal: Refusal, language: Language) -> Failed {
    let mut words = language.of(&refusal.why).to_owned();
    if !language.of(&refusal.help).is_empty() {
        words = format!("{words}\n  {}", language.of(&refusal.help));
    }
    let code = match refusal.code.as_str() {
        _ if refusal.is_cancelled() => 130,
        code if code.starts_with("study.") || code == "mining.unknown_column" => 2,
        _ => 1,
    };
    Failed { words, code }
}
