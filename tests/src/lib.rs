//! What the tests share: the fixtures of every adapter, and how an outcome is written down.

pub mod report;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use jsonschema::Validator;
use lbhealth::{Adapter, Context, Document, Error, ErrorKind, HealthReport, Inventory};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// One situation: a payload, what its caller knows, and what has to come out.
#[derive(Debug)]
pub struct Fixture {
    /// Folder of the fixture.
    pub folder: PathBuf,
    /// Id of the adapter.
    pub adapter: String,
    /// The payload.
    pub input: Vec<u8>,
    /// The context, as JSON.
    pub context: String,
    /// Replies that the input is completed with.
    pub with: Vec<Vec<u8>>,
    /// What has to come out.
    pub expected: Value,
}

impl Fixture {
    /// Reads the fixture whose `expected.json` this is.
    ///
    /// # Errors
    ///
    /// Where a file is missing or the expected output is not JSON.
    pub fn of(expected: &Path) -> Result<Self> {
        let folder = expected.parent().context("a file has a folder")?.to_path_buf();
        let adapter = folder.ancestors().nth(2).and_then(Path::file_name).context("a fixture stands in an adapter")?;
        let adapter = adapter.to_string_lossy().into_owned();
        let input = fs::read(folder.join("input.json")).with_context(|| format!("{} has no input", folder.display()))?;
        let context = fs::read_to_string(folder.join("context.json")).unwrap_or_else(|_| "{}".to_owned());
        let with = (1..).map_while(|number| fs::read(folder.join(format!("with-{number}.json"))).ok()).collect();
        let reading = || format!("reading {}", expected.display());
        let expected = serde_json::from_str(&fs::read_to_string(expected).with_context(reading)?).with_context(reading)?;
        Ok(Self { folder, adapter, input, context, with, expected })
    }

    /// All fixtures of all adapters, in alphabetical order.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read.
    pub fn all() -> Result<Vec<Self>> {
        let mut fixtures = Vec::new();
        for adapter in lbhealth::ADAPTERS {
            let folder = root().join("crates/adapters").join(adapter.id()).join("fixtures");
            let mut cases = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
            cases.sort_by_key(fs::DirEntry::path);
            for case in cases {
                fixtures.push(Self::of(&case.path().join("expected.json"))?);
            }
        }
        Ok(fixtures)
    }

    /// The fixture of this situation.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn named(case: &str) -> Result<Self> {
        Self::all()?.into_iter().find(|one| one.folder.ends_with(case)).with_context(|| format!("no fixture is called {case}"))
    }

    /// The situation.
    pub fn case(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The adapter.
    ///
    /// # Errors
    ///
    /// Where there is none of that name.
    pub fn adapter(&self) -> Result<&'static dyn Adapter> {
        Ok(lbhealth::adapter(&self.adapter)?)
    }

    /// What the caller knows.
    ///
    /// # Errors
    ///
    /// Where it is not a context.
    pub fn context(&self) -> Result<Context<'static>> {
        serde_json::from_str(&self.context).with_context(|| format!("context of {}", self.folder.display()))
    }

    /// What the fixture's adapter makes of it.
    ///
    /// # Errors
    ///
    /// Where the fixture itself is broken; an error of the adapter is an outcome.
    pub fn outcome(&self) -> Result<Result<Document<'_>, Error>> {
        let with: Vec<&[u8]> = self.with.iter().map(Vec::as_slice).collect();
        self.outcome_of(&self.input, &with)
    }

    /// What the fixture's adapter makes of this payload and these inventories in the place of the fixture's.
    ///
    /// # Errors
    ///
    /// As [`outcome`](Self::outcome).
    pub fn outcome_of<'p>(&self, input: &'p [u8], with: &[&'p [u8]]) -> Result<Result<Document<'p>, Error>> {
        let (adapter, context) = (self.adapter()?, self.context()?);
        let inventories = with.iter().map(|payload| adapter.normalize(payload, &context)?.into_inventory());
        let inventories = inventories.collect::<Result<Vec<_>, _>>()?;
        let document = adapter.normalize(input, &context);
        if inventories.is_empty() {
            return Ok(document);
        }
        let inventory = Inventory::merge(inventories)?;
        let completed = |report: HealthReport<'p>| {
            let report = lbhealth::complete(report, &inventory);
            Document::Health(report.into())
        };
        Ok(document.and_then(Document::into_health).map(completed))
    }
}

/// An outcome as `expected.json` writes it.
///
/// # Errors
///
/// Where a document cannot be serialized.
pub fn written(outcome: &Result<Document<'_>, Error>) -> Result<String> {
    let text = match outcome {
        Ok(document) => serde_json::to_string_pretty(document)?,
        Err(error) => serde_json::to_string_pretty(&json!({ "error": error_fields(error) }))?,
    };
    Ok(text + "\n")
}

fn error_fields(error: &Error) -> Value {
    let mut fields = Map::new();
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value.into());
        }
    };
    set("kind", Some(error.kind().as_str().to_owned()));
    set("adapter", error.adapter().map(str::to_owned));
    set("path", error.path().map(ToString::to_string).filter(|path| !path.is_empty()));
    if let ErrorKind::VendorError { code, message, request_id, class, .. } = error.kind() {
        set("code", code.clone());
        set("vendor_message", message.clone());
        set("request_id", request_id.clone());
        set("class", Some(class.to_string()));
    }
    set("text", Some(error.to_string()));
    Value::Object(fields)
}

/// The text of the published file of this path.
///
/// # Errors
///
/// Where there is none.
pub fn published(path: &str) -> Result<String> {
    let file = lbhealth::schema::documents(lbhealth::ADAPTERS).into_iter().find(|file| file.path == path);
    Ok(file.with_context(|| format!("nothing publishes {path}"))?.text)
}

/// A validator for the published schema of this name.
///
/// # Errors
///
/// Where there is no such schema.
pub fn validator(name: &str) -> Result<Validator> {
    let schema = serde_json::from_str(&published(&format!("{name}.schema.json"))?)?;
    Ok(jsonschema::options().should_validate_formats(true).build(&schema)?)
}

/// That the document is valid.
///
/// # Errors
///
/// Where it is not.
pub fn assert_valid(validator: &Validator, document: &impl Serialize, name: &str) -> Result<()> {
    let document = serde_json::to_value(document)?;
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| format!("{} {error}", error.instance_path())).collect();
    ensure!(errors.is_empty(), "{name}: {errors:?}");
    Ok(())
}

/// The places of everything in a payload but the payload itself, as JSON Pointers.
pub fn places(payload: &Value) -> Vec<String> {
    let mut places = Vec::new();
    collect(payload, &mut String::new(), &mut places);
    places
}

fn collect(value: &Value, at: &mut String, places: &mut Vec<String>) {
    let names: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, inner)| (name.replace('~', "~0").replace('/', "~1"), inner)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(index, inner)| (index.to_string(), inner)).collect(),
        _ => Vec::new(),
    };
    let length = at.len();
    for (name, inner) in names {
        at.push('/');
        at.push_str(&name);
        places.push(at.clone());
        collect(inner, at, places);
        at.truncate(length);
    }
}
