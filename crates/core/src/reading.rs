//! From bytes to documents: what a payload is a reply of, and what its adapter makes of it.

pub(crate) mod detect;
pub(crate) mod error_reply;
pub(crate) mod input;
pub(crate) mod normalizer;
pub(crate) mod normalizer_set;
