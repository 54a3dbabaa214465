//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, wire};

const HEALTH_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html";
const GROUPS_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html";

pub(crate) static OPERATIONS: [Operation; 2] = [
    Operation::new(
        "DescribeTargetHealth",
        DocumentKind::Health,
        Signature::any(&["/TargetHealthDescriptions"]),
        HEALTH_PAGE,
        shape::<wire::DescribeTargetHealth<'_>>(),
        normalize::health,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &["pool_id"]),
    Operation::new(
        "DescribeTargetGroups",
        DocumentKind::Inventory,
        Signature::any(&["/TargetGroups"]),
        GROUPS_PAGE,
        shape::<wire::DescribeTargetGroups<'_>>(),
        normalize::groups,
    )
    .keyed_by(&["pool_id"], &[]),
];
