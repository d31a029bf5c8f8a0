//! CPU time of the calling thread.

/// CPU seconds of this thread so far; wall time where the system does not say.
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: Option<f64> = stat.split(' ').next().and_then(|s| s.parse().ok());
    nanos.map_or_else(wall, |n| n / 1e9)
}

fn wall() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}

/// Median CPU seconds of five runs, and what the last one gave.
pub fn median<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..5 {
        drop(last.take());
        let from = cpu();
        let found = work();
        times.push(cpu() - from);
        last = Some(found);
    }
    times.sort_by(f64::total_cmp);
    (times[2], last.expect("it ran five times"))
}
