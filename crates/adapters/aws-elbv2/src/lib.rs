#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, CheckProfile, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

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
        &OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_aws::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &vocabulary::CHECK_PROFILE
    }
}

const ID: &str = "aws-elbv2";

static OPERATIONS: [Operation; 2] = [
    Operation::new(
        "DescribeTargetHealth",
        DocumentKind::Health,
        Signature::any(&["/TargetHealthDescriptions"]),
        vocabulary::HEALTH_PAGE,
        &<wire::DescribeTargetHealth<'_> as Wire<'_>>::SHAPE,
        normalize::health,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &["pool_id"]),
    Operation::new(
        "DescribeTargetGroups",
        DocumentKind::Inventory,
        Signature::any(&["/TargetGroups"]),
        vocabulary::GROUPS_PAGE,
        &<wire::DescribeTargetGroups<'_> as Wire<'_>>::SHAPE,
        normalize::groups,
    )
    .keyed_by(&["pool_id"], &[]),
];
