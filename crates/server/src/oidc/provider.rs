//! One provider: what its discovery document and keys say, and the exchange of a code for a token.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Wrong;

/// How long one answer of the provider may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of one answer of the provider.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024;
/// How long what the provider says of itself is taken as it was.
const KNOWN_FOR: Duration = Duration::from_secs(60 * 60);
/// Keys that are not known are looked for again at most this often.
const KEYS_AGAIN: Duration = Duration::from_secs(60);

/// A provider as the host configures it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// The provider's address, exactly as it names itself; `http` only on this machine.
    pub issuer: String,
    /// What Guanxi is called there.
    pub client_id: String,
    /// What Guanxi proves itself with there.
    pub client_secret: String,
    /// What stands on the button.
    pub name: String,
}

/// What is known of a provider.
#[derive(Debug, Clone)]
struct Known {
    authorize: String,
    token: String,
    by_post: bool,
    keys: Value,
    at: Instant,
}

/// A provider and what is known of it.
pub struct Provider {
    /// The configuration.
    pub config: OidcConfig,
    known: Mutex<Option<Known>>,
    agent: ureq::Agent,
}

impl Provider {
    /// A provider that was not asked yet.
    pub fn new(config: OidcConfig) -> Provider {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(ANSWER_TIMEOUT))
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Provider { config, known: Mutex::default(), agent: agent.into() }
    }

    /// Where the browser goes: the provider's page, with what must come back. Blocks.
    ///
    /// # Errors
    /// The provider does not answer, or not as one.
    pub fn authorize_url(
        &self,
        redirect: &str,
        state: &str,
        nonce: &str,
        verifier: &str,
    ) -> Result<String, Wrong> {
        let known = self.known(KNOWN_FOR)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let query = form(&[
            ("response_type", "code"),
            ("scope", "openid email profile"),
            ("client_id", &self.config.client_id),
            ("redirect_uri", redirect),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let joint = if known.authorize.contains('?') { '&' } else { '?' };
        Ok(format!("{}{joint}{query}", known.authorize))
    }

    /// The ID token for a code. Blocks.
    ///
    /// # Errors
    /// The provider does not answer, or refuses.
    pub fn exchange(&self, code: &str, redirect: &str, verifier: &str) -> Result<String, Wrong> {
        let known = self.known(KNOWN_FOR)?;
        let OidcConfig { client_id, client_secret, .. } = &self.config;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let mut request = self
            .agent
            .post(&known.token)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        if known.by_post {
            fields.extend([("client_id", &**client_id), ("client_secret", &**client_secret)]);
        } else {
            // RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
            let pair = format!("{}:{}", encoded(client_id), encoded(client_secret));
            request = request.header("authorization", format!("Basic {}", STANDARD.encode(pair)));
        }
        let answer = json(request.send(form(&fields)))?;
        let token = answer["id_token"].as_str();
        token.map(str::to_owned).ok_or_else(|| Wrong::because("the provider gave no ID token"))
    }

    /// The provider's keys; asked for again where those that are known were not enough. Blocks.
    ///
    /// # Errors
    /// The provider does not answer, or not as one.
    pub fn keys(&self, again: bool) -> Result<Value, Wrong> {
        let longest = if again { KEYS_AGAIN } else { KNOWN_FOR };
        Ok(self.known(longest)?.keys)
    }

    fn known(&self, longest: Duration) -> Result<Known, Wrong> {
        let known = self.known.lock().expect("no panic holds this lock").clone();
        if let Some(known) = known.filter(|known| known.at.elapsed() < longest) {
            return Ok(known);
        }
        let fresh = self.discover()?;
        *self.known.lock().expect("no panic holds this lock") = Some(fresh.clone());
        Ok(fresh)
    }

    /// OpenID Connect Discovery 1.0, 4.
    fn discover(&self) -> Result<Known, Wrong> {
        let issuer = &self.config.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said = self.get(&address)?;
        if said["issuer"] != **issuer {
            return Err(Wrong::because("the provider calls itself otherwise"));
        }
        let endpoint = |name: &str| {
            let address = said[name].as_str().unwrap_or("");
            match is_safe(address) {
                true => Ok(address.to_owned()),
                false => Err(Wrong::because(format!("the provider's {name} is not safe"))),
            }
        };
        let methods = said["token_endpoint_auth_methods_supported"].as_array();
        let by_post = methods.is_some_and(|methods| {
            methods.iter().any(|one| one == "client_secret_post")
                && !methods.iter().any(|one| one == "client_secret_basic")
        });
        Ok(Known {
            authorize: endpoint("authorization_endpoint")?,
            token: endpoint("token_endpoint")?,
            keys: self.get(&endpoint("jwks_uri")?)?,
            by_post,
            at: Instant::now(),
        })
    }

    fn get(&self, address: &str) -> Result<Value, Wrong> {
        if !is_safe(address) {
            return Err(Wrong::because("the provider's address is not safe"));
        }
        json(self.agent.get(address).header("accept", "application/json").call())
    }
}

/// Secrets go over TLS, or do not leave the machine.
fn is_safe(address: &str) -> bool {
    let local = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"];
    address.starts_with("https://") || local.iter().any(|start| address.starts_with(start))
}

type Answered = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn json(answered: Answered) -> Result<Value, Wrong> {
    let mut answer = answered.map_err(|error| Wrong::because(error.to_string()))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(Wrong::because(format!("the provider answered {status}")));
    }
    let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
    let body = body.map_err(|error| Wrong::because(error.to_string()))?;
    serde_json::from_str(&body).map_err(|_| Wrong::because("the provider's answer is not JSON"))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}
