//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

const GROUPS_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listservergroups";

pub(crate) static OPERATIONS: [Operation; 3] = [
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
        shape::<wire::GetListenerHealthStatus<'_>>(),
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
        GROUPS_PAGE,
        shape::<wire::ListServerGroups<'_>>(),
        normalize::groups,
    ),
    Operation::new(
        "ListServerGroupServers",
        DocumentKind::Inventory,
        // No key tells these from the servers of the look-alikes: a zone is nothing that only one of them can have.
        Signature::any(&["/Servers"]).unlike(&["alibaba-gwlb"], &[]).never(&["/Servers/#/RemoteIpEnabled"]),
        vocabulary::SERVERS_PAGE,
        shape::<lbhealth_alibaba::ListServerGroupServers<'_>>(),
        normalize::servers,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &[]),
];
