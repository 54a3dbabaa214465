#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of Google Cloud Load Balancing, that is of the Compute Engine API, version 1.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct GcpBackendService;

impl GcpBackendService {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for GcpBackendService {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Google Cloud"
    }

    fn product(&self) -> &'static str {
        "Cloud Load Balancing: backend services, target pools and network endpoint groups"
    }

    fn operations(&self) -> &'static [Operation] {
        &operations::OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &vocabulary::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &checks::CHECK_PROFILE
    }
}

const ID: &str = "gcp-backend-service";
