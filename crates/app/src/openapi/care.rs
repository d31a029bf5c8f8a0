//! The operations of looking after accounts and the workspace: second factors, invitations, audit, backup.

use serde_json::{Value as Json, json};

use super::fixed::{object, text};
use super::{Document, Operation, schema_ref};

/// Adds them all.
pub(super) fn add(document: &mut Document) {
    add_passkey_sign_in(document);
    add_second_factors(document);
    add_people(document);
    add_firm(document);
    add_log(document);
}

fn any() -> Json {
    json!({"type": "object"})
}

fn begun() -> Json {
    object(2, &[("ticket", text()), ("options", any())])
}

fn add_passkey_sign_in(document: &mut Document) {
    let begin = Operation::new("begin_passkey_sign_in", "session", "Begin with a passkey")
        .open()
        .answers(200, begun());
    document.add("post", "/session/passkey/begin", begin);
    let sign_in = Operation::new("passkey_sign_in", "session", "Sign in with a passkey")
        .open()
        .body(object(2, &[("ticket", text()), ("credential", any())]))
        .answers(200, schema_ref("Me"));
    document.add("post", "/session/passkey", sign_in);
    let name = json!({"type": ["string", "null"]});
    let ways = Operation::new("elsewhere", "session", "The provider at which one may sign in")
        .open()
        .answers(200, object(1, &[("name", name)]));
    document.add("get", "/session/oidc", ways);
}

fn add_second_factors(document: &mut Document) {
    let password = || object(1, &[("password", text())]);
    let security =
        Operation::new("my_security", "session", "What protects one's account").answers(200, any());
    document.add("get", "/me/security", security);
    let code = Operation::new("begin_code", "session", "Begin codes of an authenticator app")
        .body(password())
        .answers(200, object(2, &[("secret", text()), ("uri", text())]));
    document.add("post", "/me/code", code);
    let confirm = Operation::new("confirm_code", "session", "Show that the app works")
        .body(object(1, &[("code", text())]))
        .answers(200, object(1, &[("recovery", json!({"type": "array", "items": text()}))]));
    document.add("post", "/me/code/confirm", confirm);
    let remove = Operation::new("remove_code", "session", "Ask for no code any more")
        .body(password())
        .answers_nothing();
    document.add("post", "/me/code/remove", remove);
    let begin = Operation::new("begin_passkey", "session", "Begin to add a passkey")
        .body(password())
        .answers(200, begun());
    document.add("post", "/me/passkeys/begin", begin);
    let add = Operation::new("add_passkey", "session", "Add the passkey")
        .body(object(2, &[("ticket", text()), ("credential", any()), ("name", text())]))
        .answers(201, any());
    document.add("post", "/me/passkeys", add);
    let drop = Operation::new("remove_passkey", "session", "Remove a passkey")
        .with(&["id"])
        .answers_nothing();
    document.add("delete", "/me/passkeys/{id}", drop);
}

fn add_people(document: &mut Document) {
    let see_as = Operation::new("see_as", "administration", "See as another user, for reading")
        .body(object(1, &[("user", text())]))
        .answers(200, object(1, &[("token", text())]));
    document.add("post", "/me/see_as", see_as);
    let invite = Operation::new("invite_user", "administration", "A link to choose a password")
        .with(&["id"])
        .answers(200, object(2, &[("token", text()), ("expires_at", text())]));
    document.add("post", "/users/{id}/invite", invite);
    let reset =
        Operation::new("reset_second_factor", "administration", "Forget a user's second factors")
            .with(&["id"])
            .answers_nothing();
    document.add("post", "/users/{id}/reset_second_factor", reset);
    let invitation = Operation::new("invitation", "session", "Whom an invitation is for")
        .open()
        .parameter(json!({"name": "token", "in": "query", "schema": text()}))
        .answers(200, any());
    document.add("get", "/invitation", invitation);
    let take = Operation::new("take_invitation", "session", "Choose a password and sign in")
        .open()
        .body(object(2, &[("token", text()), ("password", text())]))
        .answers(201, schema_ref("Me"));
    document.add("post", "/invitation", take);
    let read = Operation::new("read_notifications", "workspace", "Mark one's own as read")
        .body(object(0, &[("ids", json!({"type": "array", "items": text()}))]))
        .answers(200, object(1, &[("read", json!({"type": "integer"}))]));
    document.add("post", "/notifications/read", read);
}

fn add_firm(document: &mut Document) {
    let firm = || {
        object(
            5,
            &[
                ("name", text()),
                ("locale", json!({"enum": ["zh-CN", "en"]})),
                ("currency", text()),
                ("country", text()),
                ("time_zone", text()),
            ],
        )
    };
    let show = Operation::new("firm", "administration", "The firm").answers(200, firm());
    document.add("get", "/workspace", show);
    let update = Operation::new("update_firm", "administration", "Change the firm")
        .body(any())
        .answers(200, firm());
    document.add("patch", "/workspace", update);
}

fn add_log(document: &mut Document) {
    let about =
        Operation::new("about", "administration", "How program and data are").answers(200, any());
    document.add("get", "/about", about);
    let query = |name: &str| json!({"name": name, "in": "query", "schema": text()});
    let audit = Operation::new("audit", "administration", "Who wrote what, newest first")
        .with(&["limit", "cursor"])
        .parameter(query("actor"))
        .parameter(query("object"))
        .parameter(query("from"))
        .parameter(query("to"))
        .answers(200, schema_ref("History"));
    document.add("get", "/audit", audit);
    let backup = Operation::new("backup", "administration", "A verified backup of everything")
        .answers_bytes("application/zip");
    document.add("post", "/backup", backup);
}
