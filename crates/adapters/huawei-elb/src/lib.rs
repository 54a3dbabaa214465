#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::{Shape, Wire};
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
/// What only this product's members have, and those of OpenStack Octavia do not.
const fn member(any: &'static [&'static str], decisive: &'static [&'static str]) -> Signature {
    Signature::any(any).unlike(&["openstack-octavia"], decisive)
}

const MEMBER: Signature = member(
    &["/member"],
    &[
        "/member/availability_zone",
        "/member/instance_id",
        "/member/ip_version",
        "/member/member_type",
        "/member/reason",
        "/member/status",
        "/member/subnet_cidr_id",
    ],
)
.never(&["/member/subnet_id", "/member/tenant_id"]);

const MEMBERS_DECISIVE: &[&str] = &[
    "/members/#/availability_zone",
    "/members/#/instance_id",
    "/members/#/ip_version",
    "/members/#/member_type",
    "/members/#/reason",
    "/members/#/ret_status",
    "/members/#/status",
    "/members/#/subnet_cidr_id",
    "/page_info",
];
const MEMBERS_NEVER: &[&str] = &["/members/#/subnet_id", "/members/#/tenant_id"];

const MEMBER_SHAPE: &Shape = &<wire::MemberReply<'_> as Wire<'_>>::SHAPE;
const MEMBERS_SHAPE: &Shape = &<wire::MembersReply<'_> as Wire<'_>>::SHAPE;

/// The more special ones first: where several fit, the first is taken. Replies of `CreateMember` and `UpdateMember` cannot be told from
/// those of `ShowMember`, and have to be named where it matters.
static OPERATIONS: [Operation; 6] = [
    Operation::new("ShowMember", DocumentKind::Health, MEMBER, vocabulary::MEMBER_PAGE, MEMBER_SHAPE, normalize::member),
    Operation::new("CreateMember", DocumentKind::Health, MEMBER, vocabulary::CREATE_PAGE, MEMBER_SHAPE, normalize::member),
    Operation::new("UpdateMember", DocumentKind::Health, MEMBER, vocabulary::UPDATE_PAGE, MEMBER_SHAPE, normalize::member),
    Operation::new(
        "BatchCreateMembers",
        DocumentKind::Health,
        member(&["/members/#/ret_status"], MEMBERS_DECISIVE).never(MEMBERS_NEVER),
        vocabulary::BATCH_PAGE,
        MEMBERS_SHAPE,
        normalize::created,
    ),
    Operation::new(
        "ListAllMembers",
        DocumentKind::Health,
        member(&["/members/#/loadbalancer_id", "/members/#/loadbalancers", "/members/#/pool_id"], MEMBERS_DECISIVE)
            .never(MEMBERS_NEVER),
        vocabulary::LIST_ALL_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    ),
    Operation::new(
        "ListMembers",
        DocumentKind::Health,
        member(&["/members"], MEMBERS_DECISIVE).never(MEMBERS_NEVER),
        vocabulary::LIST_PAGE,
        MEMBERS_SHAPE,
        normalize::members,
    ),
];
