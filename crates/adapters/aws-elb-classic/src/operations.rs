//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, wire};

const HEALTH_PAGE: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeInstanceHealth.html";
const LOAD_BALANCERS_PAGE: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancers.html";

pub(crate) static OPERATIONS: [Operation; 2] = [
    Operation::new(
        "DescribeInstanceHealth",
        DocumentKind::Health,
        Signature::any(&["/InstanceStates"]),
        HEALTH_PAGE,
        shape::<wire::DescribeInstanceHealth<'_>>(),
        normalize::health,
    )
    .keyed_by(&["load_balancer_id", "backend_id"], &["load_balancer_id"]),
    Operation::new(
        "DescribeLoadBalancers",
        DocumentKind::Inventory,
        Signature::any(&["/LoadBalancerDescriptions"]),
        LOAD_BALANCERS_PAGE,
        shape::<wire::DescribeLoadBalancers<'_>>(),
        normalize::load_balancers,
    )
    .keyed_by(&["backend_id"], &[]),
];
