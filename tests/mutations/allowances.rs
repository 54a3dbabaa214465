//! What an adapter's own folder allows, with the reason, in `mutations.json`.

use std::fs;

use anyhow::{Context as _, Result};
use lbhealth_tests::root;
use serde::Deserialize;

use crate::mutant::Mutation;

/// What the mutants of one adapter's fixtures may do.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allowances {
    pub(crate) healthier: Vec<Healthier>,
    pub(crate) repeats: Vec<Repeats>,
}

/// Mutations that take evidence against health away: what is left of the payload says that the backend is healthy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Healthier {
    operation: String,
    /// The mutated place, with `#` for indices.
    place: String,
    pub(crate) mutations: Vec<String>,
    #[serde(rename = "why")]
    _why: String,
}

/// A list that repeats what stands elsewhere in the payload.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeats {
    /// The list, with `#` for indices.
    pub(crate) list: String,
    /// The fields whose values tell which element is a repeat of which.
    pub(crate) fields: Vec<String>,
    #[serde(rename = "why")]
    _why: String,
}

impl Allowances {
    /// Those of an adapter. Without the file there are none.
    pub(crate) fn of(adapter: &str) -> Result<Self> {
        let path = root().join("crates/adapters").join(adapter).join("mutations.json");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(Self::default()) };
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }
}

impl Healthier {
    pub(crate) fn fits(&self, operation: &str, place: &str, mutation: Mutation) -> bool {
        self.operation == operation && self.place == place && self.mutations.iter().any(|name| name == mutation.name())
    }
}
