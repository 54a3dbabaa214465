//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::Wire;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

/// The settings of a template, of which none is in the reply to its creation.
const SETTINGS: &[&str] = &[
    "/HealthCheckCodes",
    "/HealthCheckConnectPort",
    "/HealthCheckHost",
    "/HealthCheckHttpVersion",
    "/HealthCheckInterval",
    "/HealthCheckMethod",
    "/HealthCheckPath",
    "/HealthCheckProtocol",
    "/HealthCheckTimeout",
    "/HealthyThreshold",
    "/UnhealthyThreshold",
];

pub(crate) static OPERATIONS: [Operation; 5] = [
    Operation::new(
        "GetListenerHealthStatus",
        DocumentKind::Health,
        Signature::any(&["/ListenerHealthStatus", "/RuleHealthStatus"])
            .unlike(
                &["alibaba-gwlb"],
                &[
                    "/RuleHealthStatus",
                    "/ListenerHealthStatus/#/ServerGroupInfos/#/ActionType",
                    "/ListenerHealthStatus/#/ServerGroupInfos/#/HealthCheckEnabled",
                    "/ListenerHealthStatus/#/ServerGroupInfos/#/ServerCount",
                ],
            )
            .never(&[
                "/ListenerHealthStatus/#/ServerGroupInfos/#/HeathCheckEnabled",
                "/ListenerHealthStatus/#/ServerGroupInfos/#/AbnormalServers",
                "/ListenerHealthStatus/#/ServerGroupInfos/#/Servers",
            ]),
        vocabulary::HEALTH_PAGE,
        &<wire::GetListenerHealthStatus<'_> as Wire<'_>>::SHAPE,
        normalize::health,
    )
    .keyed_by(&["listener_id", "rule_id", "pool_id", "backend_id", "port"], &[]),
    Operation::new(
        "GetHealthCheckTemplateAttribute",
        DocumentKind::HealthChecks,
        Signature::any(&["/HealthCheckTemplateId", "/HealthCheckTemplateName"]).with(SETTINGS),
        vocabulary::TEMPLATE_PAGE,
        &<wire::HealthCheckConfig<'_> as Wire<'_>>::SHAPE,
        normalize::template,
    ),
    Operation::new(
        "ListHealthCheckTemplates",
        DocumentKind::HealthChecks,
        Signature::any(&["/HealthCheckTemplates"]),
        vocabulary::TEMPLATES_PAGE,
        &<wire::ListHealthCheckTemplates<'_> as Wire<'_>>::SHAPE,
        normalize::templates,
    ),
    Operation::new(
        "ListServerGroups",
        DocumentKind::Inventory,
        Signature::any(&["/ServerGroups"])
            .unlike(&["alibaba-gwlb"], &["/ServerGroups/#/HealthCheckConfig", "/ServerGroups/#/StickySessionConfig"])
            .never(&[
                "/ServerGroups/#/HealthCheck",
                "/ServerGroups/#/HealthCheckConfig/HealthCheckConnectTimeout",
                "/ServerGroups/#/ServerFailoverMode",
            ]),
        vocabulary::GROUPS_PAGE,
        &<wire::ListServerGroups<'_> as Wire<'_>>::SHAPE,
        normalize::groups,
    ),
    Operation::new(
        "ListServerGroupServers",
        DocumentKind::Inventory,
        Signature::any(&["/Servers"]).unlike(&["alibaba-gwlb"], &["/Servers/#/RemoteIpEnabled"]),
        vocabulary::SERVERS_PAGE,
        &<lbhealth_alibaba::ListServerGroupServers<'_> as Wire<'_>>::SHAPE,
        normalize::servers,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &[]),
];
