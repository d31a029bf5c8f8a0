//! Exports: lists become files, in the background.

use std::sync::Arc;

use model::Uuid;
use serde_json::Value as Json;

use crate::{Result, Workspace};

/// Does (or goes on with) an export.
///
/// # Errors
/// The store's.
pub async fn run_job(_workspace: &Arc<Workspace>, _job: Uuid, _payload: &Json) -> Result<()> {
    Ok(())
}
