#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, CheckRequest, ErrorReplies, HealthReport, Operation, Vocabulary};

/// Reads replies of Alibaba Cloud ALB, API version 2020-06-16.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AlibabaAlb;

impl AlibabaAlb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AlibabaAlb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn product(&self) -> &'static str {
        "Application Load Balancer (ALB)"
    }

    fn operations(&self) -> &'static [Operation] {
        &operations::OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_alibaba::ERROR_REPLIES
    }

    fn conclude(&self, report: &mut HealthReport<'_>) {
        normalize::conclude(report);
    }

    fn check_requests(&self) -> &'static [CheckRequest] {
        &checks::CHECK_REQUESTS
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_alibaba::CHECK_PROFILE
    }
}

const ID: &str = "alibaba-alb";
