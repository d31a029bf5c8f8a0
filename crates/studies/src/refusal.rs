//! Why a study was not done, in both languages, with what would help.

use mining::Text;

/// A refusal: what is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Stable, for programs: `file.…`, `study.…` or one of [`mining::Error::code`].
    pub code: String,
    /// What is wrong.
    pub why: Text,
    /// What to do; may be empty.
    pub help: Text,
}

/// What studies give.
pub type Result<T> = std::result::Result<T, Refusal>;

impl Refusal {
    /// Of a setting that makes no sense.
    #[must_use]
    pub fn setting(why: Text) -> Self {
        Self { code: "study.setting".to_owned(), why, help: Text::default() }
    }

    /// Of a file that cannot be read.
    pub(crate) fn file(error: formats::FormatError) -> Self {
        let why = Text::new(
            format!("the file cannot be read: {error}"),
            format!("文件无法读取：{error}"),
        );
        Self { code: format!("file.{}", error.code()), why, help: Text::default() }
    }

    pub(crate) fn no_rows() -> Self {
        let why = Text::new("the file has no rows", "文件没有数据行");
        Self { code: "file.no_rows".to_owned(), why, help: Text::default() }
    }

    /// True when the study was stopped on request.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.code == mining::Error::Cancelled.code()
    }
}

impl From<mining::Error> for Refusal {
    fn from(error: mining::Error) -> Self {
        Self { code: error.code().to_owned(), why: error.text(), help: Text::default() }
    }
}
