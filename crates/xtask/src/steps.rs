//! Running other programs as named steps. It knows no particular program.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Instant;

/// Where a test runner writes its summary.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Output,
    Error,
}

/// Runs one step with its output as it comes; its failure ends the whole run.
pub fn step(name: &str, command: &mut Command) -> Result<(), String> {
    let start = announce(name, command);
    let status = command.stdin(Stdio::null()).status().map_err(cannot_start(name, command))?;
    ended(name, start, status)
}

/// As [`step`], and gives back what the step wrote where it reports.
pub fn step_with_report(
    name: &str,
    command: &mut Command,
    report: Report,
) -> Result<String, String> {
    let start = announce(name, command);
    match report {
        Report::Output => command.stdout(Stdio::piped()),
        Report::Error => command.stderr(Stdio::piped()),
    };
    // Through a pipe a program shows no colours unless it is told to.
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut process = command.stdin(Stdio::null()).spawn().map_err(cannot_start(name, command))?;
    let text = pass_on(&mut process, report).map_err(|error| format!("{name}: {error}"))?;
    let status = process.wait().map_err(|error| format!("{name}: {error}"))?;
    ended(name, start, status)?;
    Ok(text)
}

/// Whether a program is there and runs without an error.
pub fn is_there(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn pass_on(process: &mut Child, report: Report) -> std::io::Result<String> {
    let pipe: Box<dyn Read> = match report {
        Report::Output => Box::new(process.stdout.take().expect("it was asked for as a pipe")),
        Report::Error => Box::new(process.stderr.take().expect("it was asked for as a pipe")),
    };
    let mut text = String::new();
    for line in BufReader::new(pipe).lines() {
        let line = line?;
        match report {
            Report::Output => println!("{line}"),
            Report::Error => eprintln!("{line}"),
        }
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

fn announce(name: &str, command: &Command) -> Instant {
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
    let program = command.get_program().to_string_lossy();
    say(&format!("\n── {name}: {program} {}", arguments.join(" ")));
    Instant::now()
}

fn ended(name: &str, start: Instant, status: ExitStatus) -> Result<(), String> {
    say(&format!("── {name}: {:.0} s", start.elapsed().as_secs_f64()));
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// Written at once: the steps write to the same output, and the lines must not change places.
fn say(line: &str) {
    println!("{line}");
    // A closed output is no reason to stop testing.
    let _ = std::io::stdout().flush();
}

fn cannot_start(name: &str, command: &Command) -> impl FnOnce(std::io::Error) -> String + use<> {
    let program = command.get_program().to_string_lossy().into_owned();
    let name = name.to_owned();
    move |error| format!("{name}: cannot start {program}: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failing_step_says_which_and_how() {
        assert_eq!(step("good", &mut shell("exit 0")), Ok(()));
        assert_eq!(
            step("bad", &mut shell("exit 3")),
            Err("bad failed (exit status: 3)".to_owned())
        );
        let missing = step("gone", &mut Command::new("no-such-program")).unwrap_err();
        assert!(missing.starts_with("gone: cannot start no-such-program: "), "{missing}");
    }

    #[test]
    fn a_report_is_what_was_written_there() {
        let mut both = shell("echo to output; echo to error >&2");
        assert_eq!(step_with_report("both", &mut both, Report::Error), Ok("to error\n".to_owned()));
        let mut both = shell("echo to output; echo to error >&2");
        assert_eq!(
            step_with_report("both", &mut both, Report::Output),
            Ok("to output\n".to_owned())
        );
    }
}
