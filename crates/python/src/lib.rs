#![doc = include_str!("../README.md")]

mod capsule;
mod classes;
mod document;
mod error;
mod failures;
mod json;
mod object;
mod payload;
mod sweep;
mod table;
mod texts;

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

    #[pymodule_export]
    use crate::capsule::{ArrowSchema, ArrowTable};

    #[pymodule_export]
    use crate::table::{backend_row_schema, normalize_arrow, pool_row_schema};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("ADAPTERS", PyTuple::new(module.py(), ADAPTERS.iter().map(|adapter| adapter.id()))?)?;
        module.add("VERSION", env!("CARGO_PKG_VERSION"))
    }
}
