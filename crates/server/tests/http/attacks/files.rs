//! Files that lie about what they are, and files that would do something where they are opened.

use axum::body::{Body, to_bytes};
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    a_file_is_a_download_whatever_it_says_it_is,
    a_name_leads_nowhere_but_to_itself,
    a_spreadsheet_that_swells_is_refused,
    tables_of_every_kind_of_damage_are_answered,
    an_export_holds_no_formula_and_loses_nothing,
}

async fn put(client: &Client, name: &str, kind: &str, bytes: Vec<u8>) -> String {
    let name: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let headers = [("x-file-name", name.as_str()), ("content-type", kind)];
    let answer = client.raw("POST", "/files", &headers, Body::from(bytes)).await;
    assert_eq!(answer.status(), 201, "{name}");
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    let file: Value = serde_json::from_slice(&bytes).expect("a record");
    file["id"].as_str().expect("an id").to_owned()
}

const PAGES: [(&str, &str, &[u8]); 6] = [
    ("page.html", "text/html", b"<script>alert(1)</script>"),
    ("picture.svg", "image/svg+xml", b"<svg onload=alert(1)>"),
    ("picture.png", "image/png", b"<svg onload=alert(1)>"),
    ("letter.pdf.exe", "application/pdf", b"MZ\x90\x00"),
    ("both.gif", "image/gif", b"GIF89a/*<script>*/=1;//"),
    ("data.xml", "application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
];

async fn a_file_is_a_download_whatever_it_says_it_is(world: World) {
    for (name, kind, bytes) in PAGES {
        let file = put(&world.rep, name, kind, bytes.to_vec()).await;
        for query in ["", "?inline=1", "?download=0"] {
            let path = format!("/files/{file}/content{query}");
            let answer = world.rep.raw("GET", &path, &[], Body::empty()).await;
            let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
            assert!(header("content-disposition").starts_with("attachment"), "{name}");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
            assert!(!header("content-type").contains("html"), "{name}: {}", header("content-type"));
        }
    }
}

async fn a_name_leads_nowhere_but_to_itself(world: World) {
    let names = [
        "../../etc/passwd",
        "..\\..\\windows\\system32",
        "/etc/passwd",
        "a\r\nset-cookie: x=1",
        "\"><img src=x>.png",
        "\u{202e}gnp.exe",
        &"长".repeat(400),
        "",
        "\u{0}",
        ".",
        "..",
    ];
    for name in names {
        let file = put(&world.rep, name, "text/plain", b"text".to_vec()).await;
        let kept = world.rep.record("files", &file).await["name"].clone();
        let kept = kept.as_str().expect("a name");
        assert!(!kept.is_empty() && !kept.contains(['/', '\\', '\n', '\r', '\0']), "{kept:?}");
        assert!(kept.len() <= 1_000 && !kept.contains('\u{202e}'), "{kept:?}");
        let path = format!("/files/{file}/content");
        let answer = world.rep.raw("GET", &path, &[], Body::empty()).await;
        assert_eq!(answer.status(), 200);
        assert!(!answer.headers().contains_key("set-cookie"));
    }
    let outside = world.directory().join("etc");
    assert!(!outside.exists());
}

/// A ZIP archive with one stored entry.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut crc = !0u32;
    for byte in content {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    let (crc, size) = (!crc, u32::try_from(content.len()).expect("small"));
    let name_size = u16::try_from(name.len()).expect("short");
    let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for number in [crc, size, size] {
        about.extend(number.to_le_bytes());
    }
    about.extend(name_size.to_le_bytes());
    about.extend([0, 0]);
    let mut all = b"PK\x03\x04".to_vec();
    all.extend(&about);
    all.extend(name.as_bytes());
    all.extend(content);
    let at = u32::try_from(all.len()).expect("small");
    let mut end = b"PK\x01\x02\x14\x00".to_vec();
    end.extend(&about);
    end.extend([0; 10]);
    end.extend(0u32.to_le_bytes());
    end.extend(name.as_bytes());
    let end_size = u32::try_from(end.len()).expect("small");
    all.extend(end);
    all.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    all.extend(end_size.to_le_bytes());
    all.extend(at.to_le_bytes());
    all.extend([0, 0]);
    all
}

async fn inspected(client: &Client, name: &str, bytes: Vec<u8>) -> (u16, Value) {
    let file = put(client, name, "application/octet-stream", bytes).await;
    let answer = client.post("/imports/inspect", json!({"file": file, "object": "account"})).await;
    (answer.status, answer.body)
}

async fn a_spreadsheet_that_swells_is_refused(world: World) {
    let entity =
        b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">\
                   <!ENTITY f SYSTEM \"file:///etc/passwd\">]><sst><si><t>&b;&f;</t></si></sst>";
    for (name, content) in [
        ("xl/sharedStrings.xml", entity.to_vec()),
        ("../../../etc/cron.d/x", b"* * * * * root x".to_vec()),
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>".to_vec()),
        ("[Content_Types].xml", b"<Types".to_vec()),
    ] {
        let (status, body) = inspected(&world.rep, "book.xlsx", zip(name, &content)).await;
        assert_eq!(status, 422, "{name}: {body:#}");
        assert!(!body.to_string().contains("root:"), "{body:#}");
    }
    let mut cut = zip("xl/workbook.xml", &[b'a'; 5_000]);
    cut.truncate(4_000);
    assert_eq!(inspected(&world.rep, "cut.xlsx", cut).await.0, 422);
}

async fn tables_of_every_kind_of_damage_are_answered(world: World) {
    let wide = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("c{n}")).collect();
        format!("{}\n{}\n", names.join(","), "x,".repeat(count))
    };
    let utf16: Vec<u8> = "name,phone\n王,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, Vec<u8>); 12] = [
        ("5,000 columns", wide(5_000).into_bytes()),
        ("one line without end", vec![b'a'; 20 << 20]),
        ("a zero byte", b"name\na\0b\n".to_vec()),
        ("no UTF-8", b"name\n\xff\xfe\xfa\xc3\x28\n".to_vec()),
        ("GB18030", b"\xd0\xd5\xc3\xfb\n\xcd\xf5\n".to_vec()),
        ("UTF-16", [vec![0xff, 0xfe], utf16].concat()),
        ("a mark in front", b"\xef\xbb\xbfname\nx\n".to_vec()),
        ("a lone quote", b"name\n\"a\nb\nc\n".to_vec()),
        ("old line ends", b"name\ra\rb\r".to_vec()),
        ("nothing", Vec::new()),
        ("names alone", b"name\n".to_vec()),
        ("the same name twice", b"name,name\na,b\n".to_vec()),
    ];
    for (what, bytes) in cases {
        let began = std::time::Instant::now();
        let (status, body) = inspected(&world.rep, "table.csv", bytes).await;
        assert!(matches!(status, 200 | 422), "{what}: {status} {body:.300}");
        let took = began.elapsed();
        assert!(took < std::time::Duration::from_secs(10), "{what}: {took:?}");
    }
}

/// Names that a spreadsheet would take for formulas.
const FORMULAS: [&str; 10] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
];

async fn exported(world: &World, format: &str, raw: bool) -> Vec<u8> {
    let body =
        json!({"object": "account", "format": format, "fields": ["name", "phone"], "raw": raw});
    let begun = world.admin.post("/exports", body).await;
    begun.expect(202);
    let id = begun.id();
    loop {
        while world.workspace.do_one_job().await.expect("a job") {}
        let export = world.admin.record("exports", &id).await;
        match export["status"].as_str() {
            Some("done") => break,
            Some("failed" | "cancelled") => panic!("{export:#}"),
            _ => tokio::task::yield_now().await,
        }
    }
    let path = format!("/exports/{id}/content");
    let answer = world.admin.raw("GET", &path, &[], Body::empty()).await;
    to_bytes(answer.into_body(), 10 << 20).await.expect("bytes").to_vec()
}

async fn an_export_holds_no_formula_and_loses_nothing(world: World) {
    let mut kept = Vec::new();
    for name in FORMULAS {
        let answer = world.admin.post("/accounts", json!({"name": name})).await;
        // A name with a sign that is no letter is refused as it comes in.
        if answer.status == 422 {
            continue;
        }
        let id = answer.id();
        let name = world.admin.record("accounts", &id).await["name"].clone();
        kept.push(name.as_str().expect("a name").to_owned());
    }
    let text = String::from_utf8(exported(&world, "csv", false).await).expect("UTF-8");
    let signs = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];
    for line in text.lines().skip(1) {
        let cell = line.trim_start_matches('"');
        assert!(!cell.starts_with(signs), "{line}");
    }
    let raw = String::from_utf8(exported(&world, "csv", true).await).expect("UTF-8");
    for name in &kept {
        assert!(raw.contains(&name.replace('"', "\"\"")), "{name} is there as it was: {raw}");
    }
    let sheet = exported(&world, "xlsx", false).await;
    let options = formats::Options::named("accounts.xlsx");
    let mut table = formats::open(std::io::Cursor::new(sheet), &options).expect("a table");
    let mut texts = Vec::new();
    for row in table.by_ref() {
        texts.push(row.expect("a row").cells[0].as_text().into_owned());
    }
    for name in &kept {
        // A cell of text is no formula, whatever it begins with.
        assert!(texts.contains(name), "{name} in {texts:?}");
    }
}
