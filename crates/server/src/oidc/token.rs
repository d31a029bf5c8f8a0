//! What an ID token says, once everything about it was checked (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

use super::Wrong;

/// Seconds by which two clocks may differ.
const LEEWAY_S: i64 = 60;
/// Bytes of a token.
const TOKEN_BYTES_MAX: usize = 64 * 1024;

/// What the token must be about.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// The provider that was asked.
    pub issuer: &'e str,
    /// Who asked.
    pub client_id: &'e str,
    /// What was sent along.
    pub nonce: &'e str,
    /// Now, in seconds since 1970.
    pub now_s: i64,
}

/// What is taken from a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The provider's name for the person.
    pub subject: String,
    /// The e-mail address, only where the provider verified it.
    pub email: Option<String>,
}

/// The claims of `token`, signed by one of the provider's `keys` (a JSON Web Key Set).
///
/// # Errors
/// What is wrong with it.
pub fn read(token: &str, keys: &Value, expected: Expected<'_>) -> Result<Claims, Wrong> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Wrong::because("the token is too long"));
    }
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return Err(Wrong::because("the token does not have three parts"));
    };
    let head: Value = json(header)?;
    check_signature(&head, keys, format!("{header}.{payload}").as_bytes(), &bytes(signature)?)?;
    let claims: Value = json(payload)?;
    check_claims(&claims, expected)?;
    let subject = claims["sub"].as_str().unwrap_or("");
    if subject.is_empty() {
        return Err(Wrong::because("the token names nobody"));
    }
    // An address that nobody verified may be anybody's. Some providers write the truth value as a text.
    let verified = claims["email_verified"] == true || claims["email_verified"] == "true";
    let email = claims["email"].as_str().filter(|email| verified && !email.is_empty());
    Ok(Claims { subject: subject.to_owned(), email: email.map(str::to_owned) })
}

/// Only signatures by a private key count: what anybody can make (`none`), or whoever knows the public key or a secret
/// (`HS256`), proves nothing. The algorithm must be that of the key, not the other way round.
fn check_signature(
    head: &Value,
    keys: &Value,
    signed: &[u8],
    signature: &[u8],
) -> Result<(), Wrong> {
    let algorithm = head["alg"].as_str().unwrap_or("");
    let kind = match algorithm {
        "RS256" => "RSA",
        "ES256" => "EC",
        other => return Err(Wrong::because(format!("the algorithm {other:?} is not taken"))),
    };
    if head.get("crit").is_some() {
        return Err(Wrong::because("the token has critical extensions"));
    }
    let fits = |key: &&Value| {
        let says = |name: &str, wanted: &str| key[name].as_str().is_none_or(|said| said == wanted);
        key["kty"] == kind
            && says("use", "sig")
            && says("alg", algorithm)
            && head["kid"].as_str().is_none_or(|kid| key["kid"] == kid)
    };
    let known = keys["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    if known.iter().filter(fits).any(|key| verifies(key, kind, signed, signature)) {
        return Ok(());
    }
    Err(Wrong::because("no key of the provider made the signature"))
}

fn verifies(key: &Value, kind: &str, signed: &[u8], signature: &[u8]) -> bool {
    let part = |name: &str| bytes(key[name].as_str().unwrap_or("")).unwrap_or_default();
    if kind == "RSA" {
        let key = RsaPublicKeyComponents { n: part("n"), e: part("e") };
        return key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).is_ok();
    }
    if key["crv"] != "P-256" {
        return false;
    }
    // SEC 1, 2.3.3: an uncompressed point begins with 4.
    let point = [&[4][..], &part("x"), &part("y")].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
}

fn check_claims(claims: &Value, expected: Expected<'_>) -> Result<(), Wrong> {
    let Expected { issuer, client_id, nonce, now_s } = expected;
    if claims["iss"] != issuer {
        return Err(Wrong::because("the token is by another issuer"));
    }
    let audiences: Vec<&str> = match &claims["aud"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let party = claims["azp"].as_str();
    if !audiences.contains(&client_id)
        || party.is_some_and(|party| party != client_id)
        || (audiences.len() > 1 && party.is_none())
    {
        return Err(Wrong::because("the token is for somebody else"));
    }
    let at = |name: &str| claims[name].as_i64();
    if at("exp").is_none_or(|until| until + LEEWAY_S <= now_s)
        || at("iat").is_none_or(|made| made - LEEWAY_S > now_s)
        || at("nbf").is_some_and(|from| from - LEEWAY_S > now_s)
    {
        return Err(Wrong::because("the token is not valid now"));
    }
    if claims["nonce"] != nonce {
        return Err(Wrong::because("the token answers another question"));
    }
    Ok(())
}

fn bytes(text: &str) -> Result<Vec<u8>, Wrong> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Wrong::because("the token is not Base64"))
}

fn json(text: &str) -> Result<Value, Wrong> {
    serde_json::from_slice(&bytes(text)?).map_err(|_| Wrong::because("the token is not JSON"))
}
