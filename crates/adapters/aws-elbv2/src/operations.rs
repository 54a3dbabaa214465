//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

pub(crate) static OPERATIONS: [Operation; 2] = [
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
