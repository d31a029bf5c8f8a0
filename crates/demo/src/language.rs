//! The language of the firm's own texts. Customers keep theirs.

/// The language in which the demo firm works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese: about 65 % of the customers are Chinese.
    Zh,
    /// English: about 35 % of the customers are Chinese.
    En,
}

impl Language {
    /// The text in this language.
    pub(crate) fn of<T>(self, zh: T, en: T) -> T {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// Share of Chinese customers, users and leads.
    pub(crate) fn chinese_share(self) -> f64 {
        self.of(0.65, 0.35)
    }

    /// `zh-CN` or `en`.
    pub fn tag(self) -> &'static str {
        self.of("zh-CN", "en")
    }
}
