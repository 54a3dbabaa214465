//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

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
