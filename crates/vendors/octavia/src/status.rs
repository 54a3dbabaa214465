//! The status of a whole.

use std::borrow::Cow;

use lbhealth_core::{Pointer, Traffic, Vocabulary, Warnings};

/// The field that has the status of a member or a whole.
pub const STATUS: &str = "operating_status";

/// What a whole with this status leaves to what is below it. Of one that is not known, nobody can say, and it is warned of.
pub fn left_by_status<'a>(
    vocabulary: &Vocabulary,
    operation: &str,
    word: Cow<'a, str>,
    whole: &Pointer,
    warnings: &mut Warnings<'a>,
) -> Option<Traffic> {
    let left = vocabulary.traffic_below(operation, STATUS, &word);
    if left.is_none() {
        warnings.unrecognized(whole.join(STATUS), word, "is not a status of a whole that this version knows");
    }
    left
}
