#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

/// Reads replies of Huawei Cloud ELB, API version 3.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct HuaweiElb;

impl HuaweiElb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for HuaweiElb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Huawei Cloud"
    }

    fn product(&self) -> &'static str {
        "Elastic Load Balance (ELB)"
    }

    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &vocabulary::ERROR_REPLIES
    }
}

const ID: &str = "huawei-elb";
const MEMBER: &str = "ShowMember";

static OPERATIONS: [Operation; 1] = [Operation::new(
    MEMBER,
    DocumentKind::Health,
    Signature::any(&["/member"]).unlike(
        &["openstack-octavia"],
        &[
            "/member/availability_zone",
            "/member/instance_id",
            "/member/ip_version",
            "/member/member_type",
            "/member/reason",
            "/member/status",
            "/member/subnet_cidr_id",
        ],
    ),
    vocabulary::MEMBER_PAGE,
    &<wire::ShowMember<'_> as Wire<'_>>::SHAPE,
    normalize::member,
)];
