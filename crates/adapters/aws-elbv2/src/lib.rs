#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of AWS Elastic Load Balancing, API version 2015-12-01.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AwsElbv2;

impl AwsElbv2 {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AwsElbv2 {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Amazon Web Services"
    }

    fn product(&self) -> &'static str {
        "Elastic Load Balancing: Application, Network and Gateway Load Balancers"
    }

    fn operations(&self) -> &'static [Operation] {
        &operations::OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_aws::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &checks::CHECK_PROFILE
    }
}

const ID: &str = "aws-elbv2";
