//! The program in numbers, as text for Prometheus: how many requests, how long they took, what the process holds. No
//! number says whose data there is.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::Workspace;
use axum::extract::{Request, State as Held};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::doors::enter::{Entered, State};
use crate::doors::problem::Failure;
use crate::hosting::Hosting;

/// Upper ends of the counted times, in seconds.
const TIMES: [f64; 8] = [0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0];

/// Requests so far.
#[derive(Default)]
pub struct Meter {
    /// By the first digit of the status, from 1.
    statuses: [AtomicU64; 5],
    /// By time; the last is above all.
    times: [AtomicU64; TIMES.len() + 1],
    micros: AtomicU64,
}

impl Meter {
    fn count(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.statuses[class].fetch_add(1, Ordering::Relaxed);
        let seconds = took.as_secs_f64();
        let slot = TIMES.iter().position(|end| seconds <= *end).unwrap_or(TIMES.len());
        self.times[slot].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }
}

/// Counts every request.
pub async fn count(Held(hosting): Held<State>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    hosting.meter.count(response.status().as_u16(), began.elapsed());
    response
}

/// `GET /metrics` of the main address: for administrators alone.
///
/// # Errors
/// As every door: who is not signed in; `forbidden` to all but administrators.
pub async fn for_administrators(
    entered: Entered,
    Held(hosting): Held<State>,
) -> Result<Response, Failure> {
    Workspace::administers(&entered.actor)?;
    Ok(answer(&hosting).await)
}

/// `GET /metrics` of the address of its own, which the host keeps to itself.
pub async fn for_the_host(Held(hosting): Held<State>) -> Response {
    answer(&hosting).await
}

async fn answer(hosting: &Hosting) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, text(hosting).await).into_response()
}

/// All numbers, in the exposition format 0.0.4.
pub async fn text(hosting: &Hosting) -> String {
    let mut text = String::new();
    let meter = &hosting.meter;
    let mut line = |words: std::fmt::Arguments| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{words}");
    };
    line(format_args!("# TYPE guanxi_requests_total counter"));
    for (index, count) in meter.statuses.iter().enumerate() {
        let count = count.load(Ordering::Relaxed);
        line(format_args!("guanxi_requests_total{{status=\"{}xx\"}} {count}", index + 1));
    }
    line(format_args!("# TYPE guanxi_request_seconds histogram"));
    let mut sum = 0;
    for (index, count) in meter.times.iter().enumerate() {
        sum += count.load(Ordering::Relaxed);
        let end = TIMES.get(index).map_or("+Inf".to_owned(), f64::to_string);
        line(format_args!("guanxi_request_seconds_bucket{{le=\"{end}\"}} {sum}"));
    }
    let seconds = meter.micros.load(Ordering::Relaxed) as f64 / 1e6;
    line(format_args!("guanxi_request_seconds_sum {seconds}"));
    line(format_args!("guanxi_request_seconds_count {sum}"));
    line(format_args!("# TYPE guanxi_listeners gauge"));
    line(format_args!("guanxi_listeners {}", hosting.allowances.listeners()));
    line(format_args!("# TYPE guanxi_workspace_ready gauge"));
    for workspace in hosting.all() {
        let ready = u8::from(workspace.needs_setup().await.is_ok());
        line(format_args!("guanxi_workspace_ready{{workspace=\"{}\"}} {ready}", workspace.name));
        let trouble = u8::from(workspace.store.trouble().is_some());
        line(format_args!("guanxi_disk_trouble{{workspace=\"{}\"}} {trouble}", workspace.name));
    }
    if let Some(bytes) = resident_bytes() {
        line(format_args!("# TYPE process_resident_memory_bytes gauge"));
        line(format_args!("process_resident_memory_bytes {bytes}"));
    }
    if let Some(count) = open_files() {
        line(format_args!("# TYPE process_open_fds gauge"));
        line(format_args!("process_open_fds {count}"));
    }
    text
}

/// Where the system tells of its processes.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}
