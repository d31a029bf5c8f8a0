//! The doctor: compares what is derived with what it is derived from and files with their records, and mends what
//! can be mended.

mod derived;
mod kept_files;
mod report;

use crate::{Result, Workspace};

pub use report::{Check, Report};

pub(crate) use derived::{computed_of, derive_again};

impl Workspace {
    /// Looks at everything. With `mend`, what is derived is made right and what nobody needs is removed; with
    /// `rebuild`, search words are also made anew where nothing seems wrong.
    ///
    /// # Errors
    /// The disk's and the store's. What is wrong with the workspace is in the report.
    pub async fn doctor(&self, mend: bool, rebuild: bool) -> Result<Report> {
        let mut report = Report::default();
        let said = self.store.snapshot(|tx| tx.integrity()).await?;
        report.add("database", said, false);
        let plan = self.store.plan().await?;
        report.add("schema", plan.steps.into_iter().map(|step| step.what), false);
        let computed = derived::computed(&self.store, &self.now(), mend).await?;
        report.add("computed", computed.iter().map(derived::words), mend);
        let search = derived::search(&self.store, mend, rebuild).await?;
        report.add("search", search.iter().map(derived::words), mend);
        let files = kept_files::compare(self).await?;
        report.add("files_missing", files.missing, false);
        report.add("files_damaged", files.damaged, false);
        if mend {
            kept_files::remove(&files.unneeded)?;
        }
        report.add(
            "files_unneeded",
            files.unneeded.iter().map(|path| path.display().to_string()),
            mend,
        );
        let lacks = !self.needs_setup().await? && self.people().await?.administrators().is_empty();
        report.add("administrators", lacks.then(String::new), false);
        Ok(report)
    }
}
