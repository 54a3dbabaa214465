#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{Adapter, CheckProfile, DocumentKind, ErrorReplies, Operation, Signature, Vocabulary};

/// Reads replies of Alibaba Cloud NLB, API version 2022-04-30.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AlibabaNlb;

impl AlibabaNlb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AlibabaNlb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn product(&self) -> &'static str {
        "Network Load Balancer (NLB)"
    }

    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_alibaba::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_alibaba::CHECK_PROFILE
    }
}

const ID: &str = "alibaba-nlb";

static OPERATIONS: [Operation; 3] = [
    Operation::new(
        "GetListenerHealthStatus",
        DocumentKind::Health,
        Signature::any(&["/ListenerHealthStatus"])
            .unlike(
                &["alibaba-gwlb"],
                &[
                    "/ListenerHealthStatus/#/ServerGroupInfos/#/HeathCheckEnabled",
                    "/ListenerHealthStatus/#/ServerGroupInfos/#/AbnormalServers",
                ],
            )
            .never(&[
                "/RuleHealthStatus",
                "/ListenerHealthStatus/#/ServerGroupInfos/#/ActionType",
                "/ListenerHealthStatus/#/ServerGroupInfos/#/HealthCheckEnabled",
                "/ListenerHealthStatus/#/ServerGroupInfos/#/Servers",
            ]),
        vocabulary::HEALTH_PAGE,
        &<wire::GetListenerHealthStatus<'_> as Wire<'_>>::SHAPE,
        normalize::health,
    )
    .keyed_by(&["listener_id", "pool_id", "backend_id", "port"], &[]),
    Operation::new(
        "ListServerGroups",
        DocumentKind::Inventory,
        Signature::any(&["/ServerGroups"])
            .unlike(
                &["alibaba-gwlb"],
                &["/ServerGroups/#/HealthCheck", "/ServerGroups/#/AnyPortEnabled", "/ServerGroups/#/PreserveClientIpEnabled"],
            )
            .never(&[
                "/ServerGroups/#/CrossZoneEnabled",
                "/ServerGroups/#/HealthCheckConfig",
                "/ServerGroups/#/ServerFailoverMode",
                "/ServerGroups/#/StickySessionConfig",
            ]),
        vocabulary::GROUPS_PAGE,
        &<wire::ListServerGroups<'_> as Wire<'_>>::SHAPE,
        normalize::groups,
    ),
    Operation::new(
        "ListServerGroupServers",
        DocumentKind::Inventory,
        // No key tells these from the servers of the look-alikes: a zone is nothing that only one of them can have.
        Signature::any(&["/Servers"]).unlike(&["alibaba-gwlb"], &[]).never(&["/Servers/#/RemoteIpEnabled"]),
        vocabulary::SERVERS_PAGE,
        &<lbhealth_alibaba::ListServerGroupServers<'_> as Wire<'_>>::SHAPE,
        normalize::servers,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &[]),
];
