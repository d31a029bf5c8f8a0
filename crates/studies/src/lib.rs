//! Studies of customers: which columns mean what, which engine answers, and how the answer is
//! shown. It opens no files and has no clock.

pub mod chart;
mod refusal;
pub mod report;
mod roles;
mod settings;
pub mod sheet;
pub mod show;
mod studies;
pub mod verify;

pub use refusal::{Refusal, Result};
pub use report::Report;
pub use roles::Role;
pub use settings::{Kind, Setting, Settings};
pub use sheet::Sheet;
pub use studies::{Input, STUDIES, Study, study};

/// The languages reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// The side of a text in this language.
    #[must_use]
    pub fn of(self, text: &mining::Text) -> &str {
        match self {
            Self::En => &text.en,
            Self::Zh => &text.zh,
        }
    }

    /// The code of the language, as HTML has it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }
}
