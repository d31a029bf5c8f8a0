//! Failed attempts to prove who one is, counted by account and by network; who failed too often has to wait.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use jiff::SignedDuration;
use model::Problem;

use crate::{Error, Result};

/// Attempts in a row at one account from one network, before that network has to wait.
pub(crate) const ATTEMPTS_MAX: u32 = 10;
/// Attempts in a row at one account from anywhere: who guesses from many networks has to wait as well.
const ATTEMPTS_ANYWHERE_MAX: u32 = 100;
/// Attempts in a row from one network, at whatever accounts.
const ATTEMPTS_NETWORK_MAX: u32 = 50;
/// How long it has to wait.
const ATTEMPTS_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// Accounts and addresses whose attempts are remembered.
const ATTEMPTS_KEPT_MAX: usize = 100_000;

/// Failed attempts by account and by address.
#[derive(Default)]
pub struct Attempts {
    failed: Mutex<HashMap<String, (u32, jiff::Timestamp)>>,
}

impl Attempts {
    /// Refuses a key that failed too often just now.
    pub(crate) fn admit(&self, key: &str, max: u32, now: jiff::Timestamp) -> Result<()> {
        let failed = self.failed.lock().expect("no panic holds this lock");
        let Some((count, last)) = failed.get(key) else { return Ok(()) };
        let wait = ATTEMPTS_PAUSE - now.duration_since(*last);
        if *count >= max && wait > SignedDuration::ZERO {
            let problem = Problem::new("too_many_attempts").with("seconds", wait.as_secs());
            return Err(Error::Refused(problem));
        }
        Ok(())
    }

    pub(crate) fn note(&self, key: &str, now: jiff::Timestamp, succeeded: bool) {
        let mut failed = self.failed.lock().expect("no panic holds this lock");
        if succeeded {
            failed.remove(key);
            return;
        }
        if failed.len() >= ATTEMPTS_KEPT_MAX {
            failed.retain(|_, (_, last)| now.duration_since(*last) < ATTEMPTS_PAUSE);
        }
        let entry = failed.entry(key.to_owned()).or_insert((0, now));
        let fresh = now.duration_since(entry.1) < ATTEMPTS_PAUSE;
        *entry = (if fresh { entry.0 + 1 } else { 1 }, now);
    }
}

/// The network an address is of: of IPv6 the first 64 bits, which one customer of a provider has to himself.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(six)) => match six.to_ipv4_mapped() {
            Some(four) => four.to_string(),
            None => format!("{:x?}", &six.segments()[..4]),
        },
        _ => address.to_owned(),
    }
}

/// What is counted when somebody signs in as `email` from `address`, and how often each may fail.
pub(crate) fn counted(email: &str, address: &str) -> [(String, u32); 3] {
    let network = network(address);
    [
        (format!("account {email} from {network}"), ATTEMPTS_MAX),
        (format!("account {email}"), ATTEMPTS_ANYWHERE_MAX),
        (format!("network {network}"), ATTEMPTS_NETWORK_MAX),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_address_or_the_half_of_one() {
        assert_eq!(network("203.0.113.9"), "203.0.113.9");
        assert_eq!(network("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
