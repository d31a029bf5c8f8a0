//! An export on its way: page after page through the one read path, each with the rights of that moment.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use formats::{FormatError, WriteOptions, Writer, Written};
use model::filter::Words;
use model::query::After;
use model::{Action, Filter, Language, ListQuery, Object, Problem, Rights, Sort, Uuid};
use store::{Measure, StoreError, Tx};

use super::columns::{self, Column, Style};
use super::request::ExportRequest;
use crate::access::Actor;
use crate::records::{Shape, fill_sets};
use crate::{Error, Result, Workspace};

/// Records read in one step: what the export keeps in memory.
const STEP_ROWS: usize = 500;
/// Records of one export.
pub const EXPORT_ROWS_MAX: u64 = 10_000_000;

/// The rows of one step, and where the next begins.
type Rows = (Vec<Vec<formats::Cell>>, Option<After>);

/// On whose behalf records are read.
#[derive(Clone)]
pub enum Reader {
    /// The program itself: the host's own command.
    Program(Language),
    /// A user, whose rights are looked up again before each step.
    User {
        /// The user.
        id: Uuid,
        /// The language of labels and messages.
        language: Language,
        /// What an API key narrows the rights to.
        narrowed: Option<Vec<(String, Action)>>,
    },
}

impl Reader {
    /// Whoever `actor` is.
    pub fn of(actor: &Actor) -> Reader {
        match actor.user_or_none() {
            None => Reader::Program(actor.language),
            Some(id) => Reader::User {
                id,
                language: actor.language,
                narrowed: actor.rights.narrowed.clone(),
            },
        }
    }

    async fn actor(&self, workspace: &Workspace) -> Result<Actor> {
        match self {
            Reader::Program(language) => Ok(Actor { language: *language, ..Actor::system() }),
            Reader::User { id, language, narrowed } => {
                let mut rights = workspace.rights(*id).await?;
                if narrowed.is_some() {
                    rights =
                        Arc::new(Rights { narrowed: narrowed.clone(), ..rights.as_ref().clone() });
                }
                Ok(Actor { rights, language: *language })
            }
        }
    }
}

/// An export on its way.
pub struct ExportRun {
    workspace: Arc<Workspace>,
    reader: Reader,
    request: Arc<ExportRequest>,
    object: Arc<Object>,
    columns: Arc<Vec<Column>>,
    /// None only while a step writes, and after one failed.
    writer: Option<Writer<File>>,
    after: Option<After>,
    /// Records written.
    pub rows: u64,
}

impl ExportRun {
    /// Begins an export into `file` with its header.
    ///
    /// # Errors
    /// `forbidden`, the request's problems; the disk's and the store's.
    pub async fn begin(
        workspace: &Arc<Workspace>,
        reader: Reader,
        request: ExportRequest,
        file: File,
    ) -> Result<ExportRun> {
        let object = workspace.object(&request.object)?;
        let actor = reader.actor(workspace).await?;
        let columns = check(workspace, &actor, &object, &request)?;
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        let sheet = object.plural_label.text(request.language).to_owned();
        let options =
            WriteOptions { raw: request.raw, bom: !request.raw, sheet, ..WriteOptions::default() };
        let writer = Writer::new(request.kind, file, &headers, &options).map_err(format_error)?;
        Ok(ExportRun {
            workspace: workspace.clone(),
            reader,
            request: Arc::new(request),
            object,
            columns: Arc::new(columns),
            writer: Some(writer),
            after: None,
            rows: 0,
        })
    }

    /// How many records there are at this moment.
    ///
    /// # Errors
    /// As [`ExportRun::step`].
    pub async fn total(&self) -> Result<u64> {
        let actor = self.reader.actor(&self.workspace).await?;
        let filter = filter(&self.workspace, &actor, &self.object, &self.request)?;
        let (name, now) = (self.object.name.clone(), self.workspace.now());
        let work = move |tx: &mut Tx| {
            let counted =
                tx.aggregate(&name, &[], &[Measure::Count], &filter, &|_| Filter::Never, &now)?;
            Ok(counted.0.first().and_then(|group| group.measures.first()?.as_int()).unwrap_or(0))
        };
        let total: i64 = self.workspace.store.read(work).await?;
        Ok(u64::try_from(total).unwrap_or(0))
    }

    /// Writes the next records; whether there are more.
    ///
    /// # Errors
    /// `authentication` when the user is no longer active, `forbidden` when the right is gone, `too_many`; the
    /// disk's and the store's.
    pub async fn step(&mut self) -> Result<bool> {
        let actor = self.reader.actor(&self.workspace).await?;
        let filter = filter(&self.workspace, &actor, &self.object, &self.request)?;
        let sort = sort(&self.object, &self.request, &actor)?;
        let after = self.after.take();
        let only = Some(self.columns.iter().map(|column| column.index).collect());
        let query = ListQuery { sort, after, limit: STEP_ROWS, only, ..ListQuery::of(filter) };
        let (object, columns, request) =
            (self.object.clone(), self.columns.clone(), self.request.clone());
        let (setting, zone) = (self.workspace.setting(), self.workspace.now().zone);
        let work = move |tx: &mut Tx| -> store::Result<Result<Rows>> {
            let style = Style { request: &request, zone: &zone };
            Ok(page(tx, &object, &actor.rights, &setting, &query, &columns, &style))
        };
        let (rows, next) = self.workspace.store.read(work).await??;
        self.rows += rows.len() as u64;
        if self.rows > EXPORT_ROWS_MAX {
            return Err(Error::Refused(Problem::new("too_many").with("max", EXPORT_ROWS_MAX)));
        }
        self.write(rows).await?;
        self.after = next;
        Ok(self.after.is_some())
    }

    async fn write(&mut self, rows: Vec<Vec<formats::Cell>>) -> Result<()> {
        let mut writer = self.writer.take().ok_or_else(|| Error::refused("internal"))?;
        let work = move || rows.iter().try_for_each(|row| writer.write(row)).map(|()| writer);
        let written = tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)?;
        self.writer = Some(written.map_err(format_error)?);
        Ok(())
    }

    /// Ends the file. It is on the disk when this answers.
    ///
    /// # Errors
    /// The disk's.
    pub async fn finish(mut self, file: File) -> Result<Written> {
        let writer = self.writer.take().ok_or_else(|| Error::refused("internal"))?;
        let work = move || -> std::result::Result<Written, FormatError> {
            let written = writer.finish()?;
            file.sync_all()?;
            Ok(written)
        };
        let written = tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)?;
        written.map_err(format_error)
    }
}

/// The columns of an export that may be done, by everything that can be known before it begins.
pub(super) fn check(
    workspace: &Workspace,
    actor: &Actor,
    object: &Object,
    request: &ExportRequest,
) -> Result<Vec<Column>> {
    filter(workspace, actor, object, request)?;
    sort(object, request, actor)?;
    columns::columns(object, request, &actor.rights)
}

/// What the actor may both read and take away.
fn filter(
    workspace: &Workspace,
    actor: &Actor,
    object: &Object,
    request: &ExportRequest,
) -> Result<Filter> {
    let taken = actor.rights.filter(&workspace.schema(), object, Action::Export);
    if taken == Filter::Never {
        return Err(Error::refused("forbidden"));
    }
    let readable = workspace.readable(actor, object, request.filter.as_ref())?;
    let search = |typed| Filter::Search(Words::new(typed, object, &*actor.rights));
    let words = request.q.as_deref().map_or(Filter::Always, search);
    Ok(words.and(readable).and(taken))
}

fn sort(object: &Object, request: &ExportRequest, actor: &Actor) -> Result<Vec<Sort>> {
    Ok(Sort::parse(request.sort.as_deref().unwrap_or(""), object, &*actor.rights)?)
}

fn page(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    setting: &model::fields::Setting,
    query: &ListQuery,
    columns: &[Column],
    style: &Style,
) -> Result<Rows> {
    let schema = tx.schema().clone();
    let shown =
        |target: &str| columns.iter().any(|c| object.fields[c.index].kind.target() == Some(target));
    let titled = |target: &str| match schema.object(target).filter(|_| shown(target)) {
        Some(target) => rights.filter(&schema, target, Action::Read),
        None => Filter::Never,
    };
    let mut page = tx.list(&object.name, query, &titled)?;
    let names: Vec<String> =
        columns.iter().map(|column| object.fields[column.index].name.clone()).collect();
    let mut shape = Shape::new(object, rights, setting, Some(&names));
    if shape.has_sets() {
        fill_sets(tx, object, &mut page.rows)?;
    }
    shape.bring_titles(tx, &schema, page.rows.iter().map(|row| &row.record))?;
    let rows = page.rows.iter().map(|row| style.row(columns, &shape, row)).collect();
    Ok((rows, page.next))
}

/// What writing a file says, in the terms of doors.
pub(super) fn format_error(error: FormatError) -> Error {
    match error {
        FormatError::TooManyRows { rows_max } => {
            Error::Refused(Problem::new("too_many").with("max", rows_max))
        }
        FormatError::Io(error) => crate::files::disk_error(Path::new("export"), error),
        other => Error::Store(StoreError::internal(other)),
    }
}
