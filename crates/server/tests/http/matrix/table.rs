//! What every role may do with whose records: the one table that the matrix is checked against. A new object or a new
//! operation has no row here, and fails the tests until somebody decides.

/// Who asks, in the order of the columns.
pub const CALLERS: [&str; 8] = [
    "administrator",
    "manager",
    "salesperson",
    "other salesperson",
    "read only",
    "no role",
    "reading key",
    "nobody",
];

/// Objects by class: those of a class have the same rows.
pub const CLASSES: [(&str, &[&str]); 12] = [
    ("customers", &["account", "contact", "lead", "opportunity", "activity", "task", "file"]),
    ("orders", &["order"]),
    ("one's own", &["saved_view", "api_key"]),
    ("started", &["import", "export", "bulk", "notification"]),
    ("catalogue", &["product", "product_category", "price_list", "team"]),
    ("common", &["tag", "import_mapping"]),
    ("firm", &["user", "department", "role", "pipeline", "stage"]),
    ("prices", &["price_list_item"]),
    ("rights", &["role_right", "role_field_right"]),
    (
        "parts",
        &[
            "address",
            "relation",
            "opportunity_line",
            "opportunity_competitor",
            "stage_change",
            "record_member",
        ],
    ),
    ("order lines", &["order_line"]),
    ("host", &["setting", "job", "security_event"]),
];

/// Class, act, and for each caller but nobody three letters: for a record of the manager (to the salesperson their
/// superior's, to the manager their own), of the salesperson (to the manager a subordinate's), of the other
/// salesperson (of another department).
///
/// `y` may, `f` is refused with 403, `n` is told that there is no such record, `l` that the link leads nowhere.
/// `create` of what belongs to nothing else has the same letter thrice.
pub const RECORDS: &str = "
    customers    read    yyy yyn nyn nny yyy nnn yyy
    customers    change  yyy yyn nyn nny fff nnn fff
    customers    delete  yyy yyn nyn nny fff nnn fff
    customers    create  yyy yyy yyy yyy fff fff fff
    orders       read    yyy yyn nyn nny yyy nnn yyy
    orders       change  yyy yyn nyn nny fff nnn fff
    orders       delete  yyy yyn nfn nnf fff nnn fff
    orders       create  yyy yyy yyy yyy fff fff fff
    one's own    read    yyy ynn nyn nny nnn nnn yyy
    one's own    change  yyy ynn nyn nny nnn nnn fff
    one's own    delete  yyy ynn nyn nny nnn nnn fff
    one's own    create  yyy yyy yyy yyy yyy fff fff
    started      read    yyy ynn nyn nny nnn nnn yyy
    catalogue    read    yyy yyy yyy yyy yyy yyy yyy
    catalogue    change  yyy yyy fff fff fff fff fff
    catalogue    delete  yyy fff fff fff fff fff fff
    catalogue    create  yyy yyy fff fff fff fff fff
    common       read    yyy yyy yyy yyy yyy yyy yyy
    common       change  yyy yyy yyy yyy fff fff fff
    common       delete  yyy fff fff fff fff fff fff
    common       create  yyy yyy yyy yyy fff fff fff
    firm         read    yyy yyy yyy yyy yyy yyy yyy
    firm         change  yyy fff fff fff fff fff fff
    firm         delete  yyy fff fff fff fff fff fff
    firm         create  yyy fff fff fff fff fff fff
    prices       read    yyy yyy yyy yyy yyy yyy yyy
    prices       change  yyy yyy fff fff fff fff fff
    prices       delete  yyy yyy fff fff fff fff fff
    prices       create  yyy yyy fff fff fff fff fff
    rights       read    yyy yyy yyy yyy yyy yyy yyy
    rights       change  yyy fff fff fff fff fff fff
    rights       delete  yyy fff fff fff fff fff fff
    rights       create  yyy fff fff fff fff fff fff
    parts        read    yyy yyn nyn nny yyy nnn yyy
    parts        change  yyy yyn nyn nny fff nnn fff
    parts        delete  yyy yyn nyn nny fff nnn fff
    parts        create  yyy yyl lyl lly fff fff fff
    order lines  read    yyy yyn nyn nny yyy nnn yyy
    order lines  change  yyy yyn nyn nny fff nnn fff
    order lines  delete  yyy yyn nyn nny fff nnn fff
    order lines  create  yyy yyl lyl lly fff fff fff
    host         read    yyy nnn nnn nnn nnn nnn yyy
    host         change  yyy nnn nnn nnn nnn nnn fff
    host         delete  yyy nnn nnn nnn nnn nnn fff
    host         create  yyy fff fff fff fff fff fff
";

/// Operations of no record in particular: method, path (ids lead nowhere), body, and the status for each caller.
pub const FIXED: &str = r#"
    get    /setup                          -                                       200 200 200 200 200 200 200 200
    post   /setup                          {}                                      409 409 409 409 409 409 409 409
    post   /session                        {}                                      401 401 401 401 401 401 401 401
    get    /me                             -                                       200 200 200 200 200 200 200 401
    patch  /me                             {}                                      200 200 200 200 200 200 403 401
    post   /me/password                    {}                                      422 422 422 422 422 422 403 401
    get    /me/sessions                    -                                       200 200 200 200 200 200 200 401
    delete /me/sessions/{id}               -                                       404 404 404 404 404 404 403 401
    get    /schema                         -                                       200 200 200 200 200 200 200 401
    get    /openapi.json                   -                                       200 200 200 200 200 200 200 401
    get    /search                         -                                       200 200 200 200 200 200 200 401
    get    /events                         -                                       200 200 200 200 200 200 200 401
    post   /bulk/{id}/undo                 {}                                      404 404 404 404 404 404 404 401
    post   /files                          {}                                      201 201 201 201 403 403 403 401
    post   /imports/inspect                {"file":"{id}"}                         404 404 404 404 404 404 404 401
    post   /imports                        {"file":"{id}","mapping":{"object":"account","columns":{}}} 404 404 404 404 404 404 404 401
    get    /imports/{id}/preview           -                                       404 404 404 404 404 404 404 401
    post   /imports/{id}/commands/run      {}                                      404 404 404 404 404 404 404 401
    post   /imports/{id}/commands/cancel   {}                                      404 404 404 404 404 404 404 401
    post   /imports/{id}/commands/undo     {}                                      404 404 404 404 404 404 404 401
    get    /imports/{id}/errors            -                                       404 404 404 404 404 404 404 401
    post   /exports                        {"object":"account","format":"csv"}     202 202 403 403 403 403 403 401
    get    /exports/{id}/content           -                                       404 404 404 404 404 404 404 401
    post   /exports/{id}/commands/cancel   {}                                      404 404 404 404 404 404 404 401
    get    /session/oidc                   -                                       200 200 200 200 200 200 200 200
    post   /session/passkey/begin          {}                                      422 422 422 422 422 422 422 422
    post   /session/passkey                {}                                      422 422 422 422 422 422 422 422
    get    /me/security                    -                                       200 200 200 200 200 200 403 401
    post   /me/code                        {}                                      422 422 422 422 422 422 403 401
    post   /me/code/confirm                {}                                      404 404 404 404 404 404 403 401
    post   /me/code/remove                 {}                                      422 422 422 422 422 422 403 401
    post   /me/passkeys/begin              {}                                      422 422 422 422 422 422 403 401
    post   /me/passkeys                    {}                                      422 422 422 422 422 422 403 401
    delete /me/passkeys/{id}               -                                       404 404 404 404 404 404 403 401
    post   /me/see_as                      {}                                      422 403 403 403 403 403 403 401
    get    /invitation                     -                                       422 422 422 422 422 422 422 422
    post   /invitation                     {}                                      422 422 422 422 422 422 422 422
    post   /users/{id}/invite              {}                                      404 403 403 403 403 403 403 401
    post   /users/{id}/reset_second_factor {}                                      404 403 403 403 403 403 403 401
    get    /workspace                      -                                       200 200 200 200 200 200 200 401
    patch  /workspace                      {}                                      200 403 403 403 403 403 403 401
    get    /about                          -                                       200 403 403 403 403 403 403 401
    get    /audit                          -                                       200 403 403 403 403 403 403 401
    post   /backup                         {}                                      200 403 403 403 403 403 403 401
    post   /notifications/read             {}                                      200 200 200 200 200 200 403 401
    delete /session                        -                                       204 204 204 204 204 204 204 401
"#;
