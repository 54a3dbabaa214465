#![doc = include_str!("../README.md")]

mod classes;
mod document;
mod error;
mod json;
mod object;
mod payload;

use pyo3::prelude::*;

/// What the package's own modules call; they say what it does.
#[pymodule]
mod _lbhealth {
    use lbhealth::ADAPTERS;
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    #[pymodule_export]
    use crate::document::{
        complete, diff, explain, explain_backend, merge_inventories, merge_reports, normalize, summarize, to_json, vocabulary,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("ADAPTERS", PyTuple::new(module.py(), ADAPTERS.iter().map(|adapter| adapter.id()))?)?;
        module.add("VERSION", env!("CARGO_PKG_VERSION"))
    }
}
