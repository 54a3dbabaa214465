//! What an adapter's own folder allows, with the reason, in `mutations.json`.

use std::fs;

use anyhow::{Context as _, Result};
use lbhealth_tests::root;
use serde_json::Value;

use crate::mutant::Mutation;

/// What the mutants of one adapter's fixtures may do.
#[derive(Debug, Default)]
pub(crate) struct Allowances {
    pub(crate) healthier: Vec<Healthier>,
    pub(crate) repeats: Vec<Repeats>,
}

/// Mutations that take evidence against health away: what is left of the payload says that the backend is healthy.
#[derive(Debug)]
pub(crate) struct Healthier {
    operation: String,
    /// The mutated place, with `#` for indices.
    place: String,
    pub(crate) mutations: Vec<String>,
}

/// A list that repeats what stands elsewhere in the payload.
#[derive(Debug)]
pub(crate) struct Repeats {
    /// The list, with `#` for indices.
    pub(crate) list: String,
    /// The fields whose values tell which element is a repeat of which.
    pub(crate) fields: Vec<String>,
}

impl Allowances {
    /// Those of an adapter. Without the file there are none.
    pub(crate) fn of(adapter: &str) -> Result<Self> {
        let path = root().join("crates/adapters").join(adapter).join("mutations.json");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(Self::default()) };
        let read = || -> Option<Self> {
            let file: Value = serde_json::from_str(&text).ok()?;
            let healthier = file["healthier"].as_array()?.iter().map(|entry| {
                let _reason = text_of(&entry["why"])?;
                let (operation, place) = (text_of(&entry["operation"])?, text_of(&entry["place"])?);
                Some(Healthier { operation, place, mutations: texts_of(&entry["mutations"])? })
            });
            let repeats = file["repeats"].as_array()?.iter().map(|entry| {
                let _reason = text_of(&entry["why"])?;
                Some(Repeats { list: text_of(&entry["list"])?, fields: texts_of(&entry["fields"])? })
            });
            Some(Self { healthier: healthier.collect::<Option<_>>()?, repeats: repeats.collect::<Option<_>>()? })
        };
        read().with_context(|| format!("{} is not a file of allowances", path.display()))
    }
}

impl Healthier {
    pub(crate) fn fits(&self, operation: &str, place: &str, mutation: Mutation) -> bool {
        self.operation == operation && self.place == place && self.mutations.iter().any(|name| name == mutation.name())
    }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts_of(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(text_of).collect()
}
