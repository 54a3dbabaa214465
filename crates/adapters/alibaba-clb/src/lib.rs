#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of Alibaba Cloud CLB, API version 2014-05-15.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AlibabaClb;

impl AlibabaClb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AlibabaClb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn product(&self) -> &'static str {
        "Classic Load Balancer (CLB)"
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

const ID: &str = "alibaba-clb";
