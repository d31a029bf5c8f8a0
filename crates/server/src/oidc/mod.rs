//! OpenID Connect: signing in with an account at another provider, by the authorization code flow with PKCE
//! (OpenID Connect Core 1.0, RFC 7636). Who the user is here is decided by the workspace.

mod provider;
mod token;

pub use provider::{OidcConfig, Provider};
pub use token::{Claims, Expected, read};

/// Why a sign-in elsewhere came to nothing; for the log, not for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub String);

impl Wrong {
    fn because(what: impl Into<String>) -> Wrong {
        Wrong(what.into())
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
