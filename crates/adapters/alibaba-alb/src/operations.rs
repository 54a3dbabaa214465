//! The operations whose replies are read, and what tells them from others.

use lbhealth_core::wire::shape;
use lbhealth_core::{DocumentKind, Operation, Signature};

use crate::{normalize, vocabulary, wire};

const TEMPLATE_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-gethealthchecktemplateattribute";
const TEMPLATES_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listhealthchecktemplates";

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
        shape::<wire::GetListenerHealthStatus<'_>>(),
        normalize::health,
    )
    .keyed_by(&["listener_id", "rule_id", "pool_id", "backend_id", "port"], &[]),
    Operation::new(
        "GetHealthCheckTemplateAttribute",
        DocumentKind::HealthChecks,
        Signature::any(&["/HealthCheckTemplateId", "/HealthCheckTemplateName"]).with(SETTINGS),
        TEMPLATE_PAGE,
        shape::<wire::HealthCheckConfig<'_>>(),
        normalize::template,
    ),
    Operation::new(
        "ListHealthCheckTemplates",
        DocumentKind::HealthChecks,
        Signature::any(&["/HealthCheckTemplates"]),
        TEMPLATES_PAGE,
        shape::<wire::ListHealthCheckTemplates<'_>>(),
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
        shape::<wire::ListServerGroups<'_>>(),
        normalize::groups,
    ),
    Operation::new(
        "ListServerGroupServers",
        DocumentKind::Inventory,
        Signature::any(&["/Servers"]).unlike(&["alibaba-gwlb"], &["/Servers/#/RemoteIpEnabled"]),
        vocabulary::SERVERS_PAGE,
        shape::<lbhealth_alibaba::ListServerGroupServers<'_>>(),
        normalize::servers,
    )
    .keyed_by(&["pool_id", "backend_id", "port"], &[]),
];
