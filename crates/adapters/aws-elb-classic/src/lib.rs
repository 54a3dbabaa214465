#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of AWS Elastic Load Balancing, API version 2012-06-01: the Classic Load Balancer.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AwsElbClassic;

impl AwsElbClassic {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AwsElbClassic {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Amazon Web Services"
    }

    fn product(&self) -> &'static str {
        "Elastic Load Balancing: Classic Load Balancers"
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

const ID: &str = "aws-elb-classic";
