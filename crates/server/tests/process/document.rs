//! The OpenAPI document against the program, by schemathesis: no answer is a failure of the server, and every answer
//! has the shape that the document gives it. By an administrator, a salesperson and a key that only reads.

mod soak {
    use std::process::Command;

    use serde_json::{Value, json};

    use crate::program::{Admin, Home, Program};

    /// Requests made up for each operation.
    const EXAMPLES: &str = "20";

    /// Sessions that end, and live updates, which never do, are asked elsewhere.
    const LEFT_OUT: &str = "^/(events|session|setup|backup|me/sessions.*|me/password)$";

    fn key(program: &Program, who: &Admin, scopes: &str) -> String {
        let body = json!({"name": "Key", "scopes": scopes});
        let (status, made) = who.ask(program.address, "POST", "/api_keys", &[], &body).unwrap();
        assert_eq!(status, 201, "{made:#}");
        made["key"].as_str().unwrap().to_owned()
    }

    /// A salesperson's key, made by the salesperson.
    fn of_a_salesperson(program: &Program, admin: &Admin) -> String {
        let at = program.address;
        let filter = json!({"filter": {"field": "code", "op": "eq", "value": "salesperson"}});
        let (_, roles) = admin.ask(at, "POST", "/roles/query", &[], &filter).unwrap();
        let role = roles["items"][0]["id"].clone();
        let user = json!({"name": "Rong", "email": "rong@example.com", "roles": [role]});
        let (_, user) = admin.ask(at, "POST", "/users", &[], &user).unwrap();
        let path = format!("/users/{}/invite", user["id"].as_str().unwrap());
        let (_, invited) = admin.ask(at, "POST", &path, &[], &json!({})).unwrap();
        let take = json!({"token": invited["token"], "password": "a long new phrase"});
        let rep = program.signed_in("/api/v1/invitation", &take);
        key(program, &rep, "")
    }

    #[test]
    fn the_document_says_what_is_answered() {
        let home = Home::new();
        let program = Program::start(&home);
        let admin = program.set_up();
        let (_, document) =
            admin.ask(program.address, "GET", "/openapi.json", &[], &Value::Null).unwrap();
        let file = home.directory.path().join("openapi.json");
        std::fs::write(&file, document.to_string()).unwrap();
        let keys = [
            ("administrator", key(&program, &admin, "")),
            ("salesperson", of_a_salesperson(&program, &admin)),
            ("reading key", key(&program, &admin, "*:read")),
        ];
        for (who, key) in keys {
            let output = Command::new("schemathesis")
                .arg("run")
                .arg(&file)
                .args(["--url", &format!("http://{}/api/v1", program.address)])
                .args(["--header", &format!("Authorization: Bearer {key}")])
                .args(["--checks", "not_a_server_error,response_schema_conformance"])
                .args(["--max-examples", EXAMPLES, "--seed", "1", "--exclude-path-regex", LEFT_OUT])
                .args([
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--no-color",
                    "--continue-on-failure",
                ])
                .output()
                .expect("schemathesis: install it with `pip install schemathesis`");
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            eprintln!("{who}:\n{text}");
            assert!(output.status.success(), "{who}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
