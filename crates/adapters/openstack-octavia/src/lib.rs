#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, HealthReport, Operation, Vocabulary};

/// Reads replies of OpenStack Octavia, API version 2.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct OpenstackOctavia;

impl OpenstackOctavia {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for OpenstackOctavia {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "OpenStack"
    }

    fn product(&self) -> &'static str {
        "Octavia"
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

    fn conclude(&self, report: &mut HealthReport<'_>) {
        normalize::conclude(report);
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_octavia::CHECK_PROFILE
    }
}

const ID: &str = "openstack-octavia";
