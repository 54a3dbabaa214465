//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

pub(crate) static OPERATIONS: [Operation; 2] = [
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
