//! Who acts: a user with rights, or the program itself. Every capability takes one.

use std::sync::Arc;

use model::{Language, Rights, Uuid};

/// Who acts.
#[derive(Clone)]
pub struct Actor {
    /// The rights: the union of the user's roles, narrowed by an API key.
    pub rights: Arc<Rights>,
    /// The language of messages.
    pub language: Language,
}

impl Actor {
    /// The program itself: jobs, set-up, commands of the host.
    pub fn system() -> Actor {
        Actor { rights: Arc::new(Rights::system()), language: Language::En }
    }

    /// The user; nil for the program itself.
    pub fn user(&self) -> Uuid {
        self.rights.user
    }

    /// The user as history names it: none for the program itself.
    pub fn user_or_none(&self) -> Option<Uuid> {
        (!self.rights.user.is_nil()).then_some(self.rights.user)
    }
}
