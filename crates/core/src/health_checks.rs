//! Configurations of health checks: what is questionable about them, how long they take, and what they are at another vendor.

pub(crate) mod conversion;
pub(crate) mod finding;
pub(crate) mod lint;
pub(crate) mod profile;
pub(crate) mod request;
pub(crate) mod settings;
pub(crate) mod time;
