#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, CheckProfile, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

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

const ID: &str = "aws-elb-classic";

static OPERATIONS: [Operation; 2] = [
    Operation::new(
        "DescribeInstanceHealth",
        DocumentKind::Health,
        Signature::any(&["/InstanceStates"]),
        vocabulary::HEALTH_PAGE,
        &<wire::DescribeInstanceHealth<'_> as Wire<'_>>::SHAPE,
        normalize::health,
    )
    .keyed_by(&["load_balancer_id", "backend_id"], &["load_balancer_id"]),
    Operation::new(
        "DescribeLoadBalancers",
        DocumentKind::Inventory,
        Signature::any(&["/LoadBalancerDescriptions"]),
        vocabulary::LOAD_BALANCERS_PAGE,
        &<wire::DescribeLoadBalancers<'_> as Wire<'_>>::SHAPE,
        normalize::load_balancers,
    )
    .keyed_by(&["backend_id"], &[]),
];
