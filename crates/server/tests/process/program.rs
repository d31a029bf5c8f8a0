//! The program in a process of its own, and a plain way to ask it over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longest until the program is ready, also after it was killed. The debug build on a busy machine is given more.
pub const READY_MAX: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(20) } else { Duration::from_secs(2) };

pub const BINARY: &str = env!("CARGO_BIN_EXE_guanxi");
pub const PASSWORD: &str = "correct horse battery";

/// A data directory with a configuration that sets no limits to requests.
pub struct Home {
    pub directory: tempfile::TempDir,
    config: PathBuf,
}

impl Home {
    pub fn new() -> Home {
        let directory = tempfile::tempdir().unwrap();
        let config = directory.path().join("guanxi.toml");
        let limits =
            "[limits]\nrequests_per_second = 0\ncostly_per_second = 0\n[workspaces.main]\n";
        std::fs::write(&config, limits).unwrap();
        Home { directory, config }
    }

    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Words in front of the program, such as those of `strace`.
    pub fn command(&self, before: &[&str], arguments: &[&str]) -> Command {
        let mut words: Vec<&str> = before.to_vec();
        words.push(BINARY);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).arg("--config").arg(&self.config);
        command.arg("--data").arg(self.data()).args(arguments);
        command.current_dir(self.directory.path()).stdin(Stdio::null());
        command
    }

    /// Runs a command of the program to its end: how it ended, and what it wrote.
    pub fn run(&self, arguments: &[&str]) -> (ExitStatus, String) {
        let output = self.command(&[], arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status, String::from_utf8_lossy(&text).into_owned())
    }

    /// All is well with the data, which no server has open.
    #[track_caller]
    pub fn expect_well(&self) {
        let (status, text) = self.run(&["doctor"]);
        assert!(status.success(), "{text}");
    }
}

/// A running server; dropping it kills it.
pub struct Program {
    pub child: Child,
    pub address: SocketAddr,
    pub ready_after: Duration,
    pub said: Arc<Mutex<String>>,
}

impl Program {
    #[track_caller]
    pub fn start(home: &Home) -> Program {
        Program::start_with(home, &[]).expect("it starts")
    }

    /// Starts it and waits until it is ready; none when it ends before that.
    pub fn start_with(home: &Home, before: &[&str]) -> Option<Program> {
        let began = Instant::now();
        let mut command = home.command(before, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let said = Arc::new(Mutex::new(String::new()));
        let mut line = String::new();
        let address = loop {
            line.clear();
            if lines.read_line(&mut line).unwrap_or(0) == 0 {
                let _ = child.wait();
                return None;
            }
            if let Some((_, at)) = line.split_once("serves at http://") {
                break at.trim().parse().unwrap();
            }
        };
        let kept = said.clone();
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).unwrap_or(0) > 0 {
                kept.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        let mut program = Program { child, address, ready_after: Duration::ZERO, said };
        while program.ask("GET", "/readyz", &[], "").map(|answer| answer.0).unwrap_or(0) != 200 {
            if program.child.try_wait().unwrap().is_some() || began.elapsed() > READY_MAX * 3 {
                return None;
            }
            std::thread::yield_now();
        }
        program.ready_after = began.elapsed();
        Some(program)
    }

    /// Kills it as a crash would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop, as the system does.
    pub fn terminate(&mut self) -> ExitStatus {
        signal(self.child.id(), "TERM");
        self.child.wait().unwrap()
    }

    /// The answer to one request on a connection of its own: status and body.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<(u16, String)> {
        ask(self.address, method, path, headers, body)
    }

    /// Makes the first administrator.
    pub fn set_up(&self) -> Admin {
        let began = Instant::now();
        // The line with the token comes after the one with the address.
        let token = loop {
            let said = self.said.lock().unwrap().clone();
            let line = said.split_once("setup?token=").map(|(_, rest)| rest.to_owned());
            if let Some((token, _)) = line.as_deref().and_then(|line| line.split_once('\n')) {
                break token.trim().to_owned();
            }
            assert!(began.elapsed() < READY_MAX, "a new workspace: {said}");
            std::thread::yield_now();
        };
        let body = json!({"company": "Crash", "locale": "en", "currency": "CNY", "name": "Ada",
            "time_zone": "Asia/Shanghai", "email": "ada@example.com", "password": PASSWORD, "token": token});
        self.signed_in("/api/v1/setup", &body)
    }

    /// Whoever is signed in by this request.
    pub fn signed_in(&self, path: &str, body: &Value) -> Admin {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let text = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
            text.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
        let cookie = answer.split_once("set-cookie: ").unwrap().1;
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let csrf = answer.split_once("\"csrf\":\"").unwrap().1;
        Admin { cookie, csrf: csrf.split('"').next().unwrap().to_owned() }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn signal(process: u32, name: &str) {
    Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status().unwrap();
}

fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() {
        head += &format!("content-length: {}\r\n", body.len());
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    // An answer that was cut off is none.
    if length
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: usize| body.len() < length)
    {
        return Err(broken());
    }
    Ok((status.ok_or_else(broken)?, body.to_owned()))
}

/// Who was signed in at the set-up; sessions outlive the process.
#[derive(Clone)]
pub struct Admin {
    cookie: String,
    csrf: String,
}

impl Admin {
    pub fn ask(
        &self,
        at: SocketAddr,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> std::io::Result<(u16, Value)> {
        let mut all = vec![("cookie", self.cookie.as_str()), ("x-csrf-token", self.csrf.as_str())];
        all.extend(headers);
        let text = if body.is_null() { String::new() } else { body.to_string() };
        if !body.is_null() {
            all.push(("content-type", "application/json"));
        }
        let (status, body) = ask(at, method, &format!("/api/v1{path}"), &all, &text)?;
        Ok((status, serde_json::from_str(&body).unwrap_or(Value::String(body))))
    }

    /// Puts a file; its id.
    pub fn upload(&self, at: SocketAddr, name: &str, text: &str) -> std::io::Result<String> {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("x-csrf-token", self.csrf.as_str()),
            ("x-file-name", name),
            ("content-type", "text/csv"),
        ];
        let (_, body) = ask(at, "POST", "/api/v1/files", &headers, text)?;
        let file: Value = serde_json::from_str(&body).unwrap_or_default();
        Ok(file["id"].as_str().unwrap_or("").to_owned())
    }

    /// Every record of an object, all pages, only these fields.
    #[track_caller]
    pub fn all(&self, at: SocketAddr, plural: &str, fields: &[&str]) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let query = json!({"fields": fields, "limit": 200, "cursor": cursor});
            let (status, page) =
                self.ask(at, "POST", &format!("/{plural}/query"), &[], &query).unwrap();
            assert_eq!(status, 200, "{page:#}");
            all.extend(page["items"].as_array().unwrap().clone());
            cursor = page["next"].clone();
            if cursor.is_null() {
                return all;
            }
        }
    }
}

/// Random numbers that are the same for a seed (Marsaglia's xorshift, 2003).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// The seed of a run: `GUANXI_SEED`, so that a failure can be had again, or the same each time.
pub fn seed() -> u64 {
    let given = std::env::var("GUANXI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or(0x5EED_CAFE);
    eprintln!("GUANXI_SEED={seed}");
    seed
}
