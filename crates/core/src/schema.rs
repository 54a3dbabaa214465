//! schema

use schemars::Schema;
use crate::Word;

/// The schema of a list of words.
pub(crate) fn words<T: Word>() -> Schema {
    let _ = T::NAME;
    Schema::default()
}
