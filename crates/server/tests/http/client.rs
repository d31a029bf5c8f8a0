//! A light browser: asks the router in process, keeps a cookie or a key. Not a place for expectations of single tests.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, Response};
use serde_json::{Value, json};
use tower::ServiceExt;

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body; null when there is none, a text when it is not JSON.
    pub body: Value,
    asked: String,
}

impl Answer {
    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> &Value {
        assert_eq!(self.status, status, "{} answered {:#}", self.asked, self.body);
        &self.body
    }

    /// The code of a problem with this status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> &str {
        let code = self.expect(status)["code"].as_str();
        code.unwrap_or_else(|| panic!("{} is no problem: {}", self.asked, self.body))
    }

    /// `field: code` of each problem of an answer that refuses fields, in order of the names.
    #[track_caller]
    pub fn faults(&self) -> Vec<String> {
        let errors = self.expect(422)["errors"].as_array().expect("errors").iter();
        let mut faults: Vec<String> =
            errors.map(|e| format!("{}: {}", text(&e["field"]), text(&e["code"]))).collect();
        faults.sort();
        faults
    }

    /// The id of the record.
    #[track_caller]
    pub fn id(&self) -> String {
        assert!(self.status < 300, "{} answered {} {:#}", self.asked, self.status, self.body);
        text(&self.body["id"]).to_owned()
    }
}

async fn answered(response: Response<Body>, asked: String) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 64 << 20).await.expect("a body");
    let body = match serde_json::from_slice(&bytes) {
        Ok(json) => json,
        Err(_) if bytes.is_empty() => Value::Null,
        Err(_) => json!(String::from_utf8_lossy(&bytes)),
    };
    Answer { status: parts.status.as_u16(), headers: parts.headers, body, asked }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Somebody who asks.
#[derive(Clone)]
pub struct Client {
    app: Router,
    /// Put before every path: `/w/name` for one workspace of several.
    pub prefix: String,
    pub host: String,
    pub language: &'static str,
    /// The user; empty for nobody.
    pub user: String,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    key: Option<String>,
    /// Where the requests seem to come from.
    pub address: SocketAddr,
}

impl Client {
    pub fn new(app: Router) -> Client {
        Client {
            app,
            prefix: String::new(),
            host: "localhost".to_owned(),
            language: "en",
            user: String::new(),
            cookie: None,
            csrf: None,
            key: None,
            address: SocketAddr::from(([127, 0, 0, 1], 40_000)),
        }
    }

    pub fn at_address(&self, address: &str) -> Client {
        let ip = address.parse().expect("an address");
        Client { address: SocketAddr::new(ip, 40_000), ..self.clone() }
    }

    pub fn with_cookie(&self, cookie: &str) -> Client {
        Client { cookie: Some(cookie.to_owned()), key: None, ..self.clone() }
    }

    pub fn with_key(&self, key: &str) -> Client {
        Client { key: Some(key.to_owned()), cookie: None, ..self.clone() }
    }

    pub fn in_language(&self, language: &'static str) -> Client {
        Client { language, ..self.clone() }
    }

    pub fn at(&self, prefix: &str, host: &str) -> Client {
        Client { prefix: prefix.to_owned(), host: host.to_owned(), ..self.clone() }
    }

    /// The browser after a sign-in or set-up.
    #[track_caller]
    pub fn with_session(&self, answer: &Answer) -> Client {
        let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
        let mut client = self.with_cookie(cookie.split(';').next().unwrap_or(""));
        client.csrf = answer.body["csrf"].as_str().map(str::to_owned);
        client.user = text(&answer.body["user"]["id"]).to_owned();
        client
    }

    /// The answer of an address that is not of the API.
    pub async fn outside(&self, method: &str, path: &str) -> Answer {
        let response = self.send(method, path, &[], Body::empty()).await;
        answered(response, format!("{method} {path}")).await
    }

    /// The raw answer to a request with further headers.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Response<Body> {
        let path = format!("{}/api/v1{path}", self.prefix);
        self.send(method, &path, headers, body).await
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Response<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host)
            .header("accept-language", self.language);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(self.address));
        self.app.clone().oneshot(request).await.unwrap_or_else(|never| match never {})
    }

    /// The answer to a request with further headers; a null body sends none.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Answer {
        let mut headers = headers.to_vec();
        let asked = format!("{method} {path} {body}");
        let body = match body {
            Value::Null => Body::empty(),
            body => {
                headers.push(("content-type", "application/json"));
                Body::from(body.to_string())
            }
        };
        answered(self.raw(method, path, &headers, body).await, asked).await
    }

    /// Puts a file of text; its id.
    pub async fn upload(&self, name: &str, text: &str) -> String {
        let headers = [("x-file-name", name), ("content-type", "text/csv")];
        let response = self.raw("POST", "/files", &headers, Body::from(text.to_owned())).await;
        assert_eq!(response.status(), 201, "the file is taken");
        let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        let file: Value = serde_json::from_slice(&bytes).expect("a record");
        file["id"].as_str().expect("an id").to_owned()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, &[], body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask("PATCH", path, &[], body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, &[], Value::Null).await
    }

    /// Makes a record; its id.
    pub async fn make(&self, plural: &str, values: Value) -> String {
        let answer = self.post(&format!("/{plural}"), values).await;
        answer.expect(201);
        answer.id()
    }

    /// Changes a record whatever its version; the record.
    pub async fn set(&self, plural: &str, id: &str, values: Value) -> Value {
        let mut values = values;
        values["version"] = self.record(plural, id).await["version"].clone();
        self.patch(&format!("/{plural}/{id}"), values).await.expect(200).clone()
    }

    /// A record that is there.
    pub async fn record(&self, plural: &str, id: &str) -> Value {
        self.get(&format!("/{plural}/{id}")).await.expect(200).clone()
    }

    /// A list, its parameters in the body.
    pub async fn list(&self, plural: &str, parameters: Value) -> Answer {
        self.post(&format!("/{plural}/query"), parameters).await
    }

    /// The id of the first record whose `field` is `value`.
    pub async fn find(&self, plural: &str, field: &str, value: &str) -> String {
        let filter = json!({"field": field, "op": "eq", "value": value});
        let answer = self.list(plural, json!({"filter": filter})).await;
        let id = text(&answer.expect(200)["items"][0]["id"]).to_owned();
        assert!(!id.is_empty(), "no {plural} with {field} {value}");
        id
    }
}
