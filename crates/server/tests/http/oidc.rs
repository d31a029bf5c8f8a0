//! Signing in at another provider, with a provider of our own on this machine: what it may say, and what it may
//! not get through with.

use std::sync::{Arc, Mutex};

use app::Workspace;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use server::config::{Config, WorkspaceConfig};
use server::hosting::Hosting;
use server::oidc::OidcConfig;
use server::router::router;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::client::{Answer, Client};
use crate::world::set_up;

const SITE: &str = "http://crm.example";

/// What the provider answers with next, and what it was asked.
#[derive(Default)]
struct Said {
    issuer: String,
    key: Vec<u8>,
    token: String,
    challenge: String,
    exchanged: usize,
}

type Shared = Arc<Mutex<Said>>;

/// A provider on this machine.
struct Provider {
    said: Shared,
    pair: EcdsaKeyPair,
}

impl Provider {
    async fn start() -> Provider {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let bytes = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, bytes.as_ref(), &random).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let said = Said {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            key: pair.public_key().as_ref().to_vec(),
            ..Said::default()
        };
        let said = Arc::new(Mutex::new(said));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(said.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Provider { said, pair }
    }

    fn issuer(&self) -> String {
        self.said.lock().unwrap().issuer.clone()
    }

    /// A token with this head and these claims, signed by the provider's key.
    fn signed(&self, head: &Value, claims: &Value) -> String {
        let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let body = format!("{}.{}", text(head), text(claims));
        let signature = self.pair.sign(&SystemRandom::new(), body.as_bytes()).unwrap();
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

async fn discovery(State(said): State<Shared>) -> Json<Value> {
    let issuer = said.lock().unwrap().issuer.clone();
    Json(json!({"issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys")}))
}

async fn keys(State(said): State<Shared>) -> Json<Value> {
    let key = said.lock().unwrap().key.clone();
    let part = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&key[range]);
    Json(
        json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "one", "use": "sig", "x": part(1..33), "y": part(33..65)}]}),
    )
}

/// The code is given for a token only with the verifier of the challenge (RFC 7636, 4.6).
async fn token(State(said): State<Shared>, body: String) -> Json<Value> {
    let given = |name: &str| {
        let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned()
    };
    let mut said = said.lock().unwrap();
    said.exchanged += 1;
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(given("code_verifier").as_bytes()));
    if proof != said.challenge || given("code") != "the code" {
        return Json(json!({"error": "invalid_grant"}));
    }
    Json(json!({"id_token": said.token, "access_token": "x", "token_type": "Bearer"}))
}

/// A firm whose people may sign in at the provider.
struct Firm {
    provider: Provider,
    workspace: Arc<Workspace>,
    stranger: Client,
    admin: Client,
    _directory: TempDir,
}

impl Firm {
    async fn open() -> Firm {
        let provider = Provider::start().await;
        let directory = tempfile::tempdir().unwrap();
        let oidc = OidcConfig {
            issuer: provider.issuer(),
            client_id: "guanxi".to_owned(),
            client_secret: "a secret".to_owned(),
            name: "Firm account".to_owned(),
        };
        let main = WorkspaceConfig { oidc: Some(oidc), ..WorkspaceConfig::default() };
        let config = Config {
            data: directory.path().to_owned(),
            public_url: Some(SITE.to_owned()),
            workspaces: [("main".to_owned(), main)].into(),
            ..Config::default()
        };
        let hosting = Arc::new(Hosting::open(config).await.unwrap());
        let workspace = hosting.workspace("main").unwrap().clone();
        let secret = hosting.setup_tokens["main"].clone();
        let stranger = Client::new(router(hosting));
        let admin = set_up(&stranger, &secret).await;
        Firm { provider, workspace, stranger, admin, _directory: directory }
    }

    fn claims(&self, nonce: &str) -> Value {
        let now = self.workspace.clock.now().as_second();
        json!({"iss": self.provider.issuer(), "aud": "guanxi", "sub": "ada-1", "nonce": nonce, "iat": now,
               "exp": now + 300, "email": "Ada@example.com", "email_verified": true})
    }

    /// Goes there and comes back with the token that `make` makes of the claims; what the site then says.
    async fn go(&self, make: impl Fn(&Provider, Value) -> String) -> Answer {
        let (browser, state, nonce) = self.begin("/accounts?view=all").await;
        self.provider.said.lock().unwrap().token = make(&self.provider, self.claims(&nonce));
        browser.get(&format!("/session/oidc/callback?code=the%20code&state={state}")).await
    }

    /// The browser that went there, and what it must bring back.
    async fn begin(&self, next: &str) -> (Client, String, String) {
        let next = next.replace('?', "%3F").replace('&', "%26");
        let there = self.stranger.get(&format!("/session/oidc/begin?next={next}")).await;
        assert_eq!(there.status, 303, "{there:?}");
        let place = location(&there);
        assert!(place.starts_with(&format!("{}/authorize?", self.provider.issuer())), "{place}");
        let part = |name: &str| {
            let start = place.find(&format!("{name}=")).unwrap() + name.len() + 1;
            let part = place[start..].split('&').next().unwrap();
            part.replace("%2D", "-").replace("%5F", "_")
        };
        assert_eq!(part("code_challenge_method"), "S256");
        self.provider.said.lock().unwrap().challenge = part("code_challenge");
        let cookie = there.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let browser = self.stranger.with_cookie(cookie.split(';').next().unwrap());
        (browser, part("state"), part("nonce"))
    }

    /// Whether the answer signed in; otherwise it leads back to the page on which one signs in.
    #[track_caller]
    fn entered(&self, answer: &Answer) -> bool {
        assert_eq!(answer.status, 303, "{answer:?}");
        let session = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .any(|cookie| cookie.to_str().unwrap().starts_with("guanxi_main="));
        let back = format!("{SITE}/w/main/sign-in?problem=elsewhere");
        assert_eq!(location(answer) != back, session, "{answer:?}");
        session
    }
}

fn location(answer: &Answer) -> String {
    answer.headers["location"].to_str().unwrap().to_owned()
}

fn head() -> Value {
    json!({"alg": "ES256", "typ": "JWT", "kid": "one"})
}

fn run(test: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(test);
}

#[test]
fn a_user_signs_in_elsewhere_and_stays_linked() {
    run(async {
        let firm = Firm::open().await;
        let ways = firm.stranger.get("/session/oidc").await;
        assert_eq!(ways.expect(200), &json!({"name": "Firm account"}));
        let answer = firm.go(|provider, claims| provider.signed(&head(), &claims)).await;
        assert!(firm.entered(&answer));
        assert_eq!(location(&answer), "/accounts?view=all");
        let me = firm.stranger.with_session(&answer).get("/me").await;
        assert_eq!(me.expect(200)["user"]["name"], "Ada");
        let renamed = |claims: Value| {
            let mut claims = claims;
            claims["email"] = json!("ada@elsewhere.example");
            claims
        };
        let again = firm.go(|provider, claims| provider.signed(&head(), &renamed(claims))).await;
        assert!(firm.entered(&again), "the link is by the provider's own name");
    });
}

#[test]
fn what_a_token_may_not_get_through_with() {
    run(async {
        let firm = Firm::open().await;
        let changed = |name: &'static str, value: Value| {
            move |provider: &Provider, mut claims: Value| {
                claims[name] = value.clone();
                provider.signed(&head(), &claims)
            }
        };
        let now = firm.workspace.clock.now().as_second();
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("aud", json!("somebody else")),
            ("aud", json!(["guanxi", "somebody else"])),
            ("azp", json!("somebody else")),
            ("nonce", json!("another")),
            ("nonce", json!(null)),
            ("exp", json!(now - 3600)),
            ("exp", json!(null)),
            ("iat", json!(now + 3600)),
            ("nbf", json!(now + 3600)),
            ("sub", json!("")),
            ("email_verified", json!(false)),
            ("email_verified", json!(null)),
            ("email", json!("nobody@example.com")),
        ] {
            let answer = firm.go(changed(name, value.clone())).await;
            assert!(!firm.entered(&answer), "{name}: {value}");
        }
        for algorithm in ["none", "None", "HS256", "RS256", "ES384", ""] {
            let answer = firm
                .go(|provider, claims| {
                    let head = json!({"alg": algorithm, "kid": "one"});
                    provider.signed(&head, &claims)
                })
                .await;
            assert!(!firm.entered(&answer), "{algorithm}");
        }
        let bare = firm.go(|provider, claims| unsigned(provider, &claims, "none")).await;
        assert!(!firm.entered(&bare));
        let stolen = firm.go(|provider, claims| unsigned(provider, &claims, "ES256")).await;
        assert!(!firm.entered(&stolen));
        let critical = |provider: &Provider, claims: Value| {
            provider.signed(&json!({"alg": "ES256", "crit": ["x"]}), &claims)
        };
        assert!(!firm.entered(&firm.go(critical).await));
        let stranger = Provider::start().await;
        let forged = firm.go(|_, claims| stranger.signed(&head(), &claims)).await;
        assert!(!firm.entered(&forged), "another key");
    });
}

/// A token without a signature.
fn unsigned(provider: &Provider, claims: &Value, algorithm: &str) -> String {
    let whole = provider.signed(&json!({"alg": algorithm}), claims);
    let (body, _) = whole.rsplit_once('.').unwrap();
    format!("{body}.")
}

#[test]
fn a_way_back_that_nobody_went_leads_nowhere() {
    run(async {
        let firm = Firm::open().await;
        let (browser, state, nonce) = firm.begin("//evil.example").await;
        let claims = firm.claims(&nonce);
        firm.provider.said.lock().unwrap().token = firm.provider.signed(&head(), &claims);
        let path = format!("/session/oidc/callback?code=the%20code&state={state}");
        assert!(!firm.entered(&firm.stranger.get(&path).await), "another browser");
        let other = "/session/oidc/callback?code=the%20code&state=other";
        assert!(!firm.entered(&browser.get(other).await), "another state");
        assert!(
            !firm.entered(&browser.get("/session/oidc/callback").await),
            "a provider's own idea"
        );
        assert_eq!(firm.provider.said.lock().unwrap().exchanged, 0, "no code was even tried");
        let answer = browser.get(&path).await;
        assert!(firm.entered(&answer));
        assert_eq!(location(&answer), "/", "not to another site");
        assert!(!firm.entered(&browser.get(&path).await), "once");
    });
}

#[test]
fn the_deactivated_stay_out() {
    run(async {
        let firm = Firm::open().await;
        let made = json!({"name": "Bo", "email": "bo@example.com"});
        let bo = firm.admin.make("users", made).await;
        let as_bo = |provider: &Provider, mut claims: Value| {
            claims["sub"] = json!("bo-1");
            claims["email"] = json!("bo@example.com");
            provider.signed(&head(), &claims)
        };
        assert!(firm.entered(&firm.go(as_bo).await));
        let user = firm.admin.get(&format!("/users/{bo}")).await;
        let change = json!({"version": user.expect(200)["version"], "active": false});
        firm.admin.patch(&format!("/users/{bo}"), change).await.expect(200);
        assert!(!firm.entered(&firm.go(as_bo).await));
    });
}

#[test]
fn where_no_provider_is_there_is_no_way() {
    run(async {
        let directory = tempfile::tempdir().unwrap();
        let main = WorkspaceConfig::default();
        let hosting = crate::world::host(&directory, [("main", main)]).await;
        let stranger = Client::new(router(hosting));
        assert_eq!(stranger.get("/session/oidc").await.expect(200), &json!({"name": null}));
        assert_eq!(stranger.get("/session/oidc/begin").await.problem(404), "not_found");
    });
}
