#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, CheckRequest, ErrorReplies, Operation, Vocabulary};

/// Reads replies of Huawei Cloud ELB, API version 3, and members as version 2 has them.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct HuaweiElb;

impl HuaweiElb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for HuaweiElb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Huawei Cloud"
    }

    fn product(&self) -> &'static str {
        "Elastic Load Balance (ELB)"
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

    fn check_requests(&self) -> &'static [CheckRequest] {
        &checks::CHECK_REQUESTS
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_octavia::CHECK_PROFILE
    }
}

const ID: &str = "huawei-elb";
