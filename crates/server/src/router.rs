//! All addresses on one screen.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, Request};
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{delete, get, post};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::doors::enter::{Entered, Named, State};
use crate::doors::problem::{BODY_BYTES_MAX, Failure};
use crate::doors::records::ListParameters;
use crate::doors::{
    account, address, admin, events, exchange, health, imports, limits, merge, oidc, problem,
    records, schema, session, ui,
};
use crate::hosting::Hosting;
use crate::metrics;

/// The addresses of one workspace's API.
fn api() -> Router<State> {
    Router::new()
        .route("/setup", get(session::setup_state).post(session::set_up))
        .route("/session", post(session::sign_in).delete(session::sign_out))
        .route("/me", get(session::me).patch(session::update_me))
        .route("/me/password", post(session::change_password))
        .route("/me/sessions", get(session::sessions))
        .route("/me/sessions/{id}", delete(session::end_session))
        .route("/session/oidc", get(oidc::ways))
        .route("/session/oidc/begin", get(oidc::begin))
        .route("/session/oidc/callback", get(oidc::callback))
        .route("/session/passkey", post(account::passkey_sign_in))
        .route("/session/passkey/begin", post(account::begin_passkey_sign_in))
        .route("/me/security", get(account::security))
        .route("/me/code", post(account::begin_code))
        .route("/me/code/confirm", post(account::confirm_code))
        .route("/me/code/remove", post(account::remove_code))
        .route("/me/passkeys", post(account::add_passkey))
        .route("/me/passkeys/begin", post(account::begin_passkey))
        .route("/me/passkeys/{id}", delete(account::remove_passkey))
        .route("/me/see_as", post(account::see_as))
        .route("/invitation", get(admin::invitation).post(admin::take_invitation))
        .route("/users/{id}/invite", post(admin::invite))
        .route("/users/{id}/reset_second_factor", post(admin::reset_second_factor))
        .route("/workspace", get(admin::firm).patch(admin::update_firm))
        .route("/about", get(admin::about))
        .route("/audit", get(admin::audit))
        .route("/backup", post(admin::backup))
        .route("/notifications/read", post(admin::read_notifications))
        .route("/schema", get(schema::schema))
        .route("/search", get(records::search))
        .route("/events", get(events::events))
        .route("/bulk/{id}/undo", post(records::undo_bulk))
        .route("/files", get(list_files).post(exchange::upload).layer(DefaultBodyLimit::disable()))
        .route("/files/{id}/content", get(exchange::download))
        .route("/api_keys", get(list_api_keys).post(session::make_key))
        .route("/exports", get(list_exports).post(exchange::start_export))
        .route("/exports/{id}/content", get(exchange::export_content))
        .route("/exports/{id}/commands/cancel", post(exchange::cancel_export))
        .route("/imports", get(list_imports).post(imports::start_import))
        .route("/imports/inspect", post(imports::inspect_import))
        .route("/imports/{id}/commands/{command}", post(imports::import_command))
        .route("/imports/{id}/preview", get(imports::import_preview))
        .route("/imports/{id}/errors", get(imports::import_errors))
        .route("/openapi.json", get(schema::openapi))
        .route("/{objects}", get(records::list).post(records::create))
        .route("/{objects}/query", post(records::query))
        .route("/{objects}/aggregate", get(records::aggregate))
        .route("/{objects}/bulk", post(records::bulk))
        .route("/{objects}/{id}", get(records::get).patch(records::update).delete(records::delete))
        .route("/{objects}/{id}/restore", post(records::restore))
        .route("/{objects}/{id}/merge", post(merge::merge))
        .route("/{objects}/{id}/history", get(records::history))
        .route("/{objects}/{id}/timeline", get(records::timeline))
        .route("/{objects}/{id}/explain", get(records::explain))
        .route("/{objects}/{id}/commands/{command}", post(records::command))
}

// Objects whose records are not made by a plain POST are listed like all others.
async fn list_files(entered: Entered, given: Query<ListParameters>) -> Result<Response, Failure> {
    records::list(entered, Path("files".to_owned()), given).await
}

async fn list_api_keys(
    entered: Entered,
    given: Query<ListParameters>,
) -> Result<Response, Failure> {
    records::list(entered, Path("api_keys".to_owned()), given).await
}

async fn list_exports(entered: Entered, given: Query<ListParameters>) -> Result<Response, Failure> {
    records::list(entered, Path("exports".to_owned()), given).await
}

async fn list_imports(entered: Entered, given: Query<ListParameters>) -> Result<Response, Failure> {
    records::list(entered, Path("imports".to_owned()), given).await
}

/// Everything this process answers.
pub fn router(hosting: Arc<Hosting>) -> Router {
    let private = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    );
    let silence = Duration::from_secs(hosting.config.limits.silence_seconds);
    let inner = Router::new()
        .nest("/api/v1", api().layer(private))
        .route("/metrics", get(metrics::for_administrators))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(ui::file)
        .layer(CatchPanicLayer::new())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(silence))
        .layer(from_fn(problem::render))
        .layer(from_fn(limits::tell))
        .layer(from_fn_with_state(hosting.clone(), address::find))
        .layer(from_fn_with_state(hosting.clone(), metrics::count))
        .layer(CompressionLayer::new())
        .layer(fixed("x-content-type-options", "nosniff"))
        .layer(fixed("referrer-policy", "same-origin"))
        .layer(fixed("x-frame-options", "DENY"))
        .with_state(hosting);
    // Outside of the routes, so that they never see which workspace the path named.
    Router::new().fallback_service(inner.layer(()).map_request(choose_workspace))
}

/// What the address of the metrics alone answers.
pub fn host_router(hosting: Arc<Hosting>) -> Router {
    Router::new()
        .route("/metrics", get(metrics::for_the_host))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(hosting)
}

fn fixed(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    let name = HeaderName::from_static(name);
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// `/w/{workspace}/…` becomes `/…` for that workspace.
fn choose_workspace(mut request: Request) -> Request {
    let uri = request.uri().clone();
    let Some((name, rest)) = uri.path().strip_prefix("/w/").map(|path| {
        path.split_once('/')
            .map_or((path, String::from("/")), |(name, rest)| (name, format!("/{rest}")))
    }) else {
        return request;
    };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(inner) = format!("{rest}{query}").parse::<Uri>() {
        let name = name.to_owned();
        *request.uri_mut() = inner;
        request.extensions_mut().insert(Named(name));
    }
    request
}
