#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of Alibaba Cloud NLB, API version 2022-04-30.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AlibabaNlb;

impl AlibabaNlb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AlibabaNlb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn product(&self) -> &'static str {
        "Network Load Balancer (NLB)"
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

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_alibaba::CHECK_PROFILE
    }
}

const ID: &str = "alibaba-nlb";
