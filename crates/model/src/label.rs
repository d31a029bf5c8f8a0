//! A text in both languages. Chinese and English are equals: neither can be left out.

use serde::{Deserialize, Serialize};

/// The languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Zh,
}

impl Language {
    /// The BCP 47 tag: `en` or `zh-CN`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-CN",
        }
    }

    /// The first language of an `Accept-Language` header (or a plain tag) that the product speaks.
    pub fn parse(header: &str) -> Option<Language> {
        header.split(',').find_map(|part| {
            let tag = part.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
            match tag.as_str() {
                t if t == "zh" || t.starts_with("zh-") => Some(Language::Zh),
                t if t == "en" || t.starts_with("en-") => Some(Language::En),
                _ => None,
            }
        })
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh: String,
}

/// A label from its English and Chinese texts.
pub fn label(en: &str, zh: &str) -> Label {
    Label { en: en.to_owned(), zh: zh.to_owned() }
}

impl Label {
    /// The text in `language`.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_takes_the_first_known_tag() {
        assert_eq!(Language::parse("fr, zh-TW;q=0.9, en"), Some(Language::Zh));
        assert_eq!(Language::parse("en-GB"), Some(Language::En));
        assert_eq!(Language::parse("fr"), None);
    }
}
