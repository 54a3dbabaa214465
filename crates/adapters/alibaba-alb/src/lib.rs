#![doc = include_str!("../README.md")]

mod normalize;
mod vocabulary;
mod wire;

use lbhealth_core::wire::Wire;
use lbhealth_core::{
    Adapter, CheckProfile, CheckRequest, DocumentKind, ErrorReplies, HealthReport, Operation, Signature, Vocabulary,
};

/// Reads replies of Alibaba Cloud ALB, API version 2020-06-16.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AlibabaAlb;

impl AlibabaAlb {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AlibabaAlb {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn product(&self) -> &'static str {
        "Application Load Balancer (ALB)"
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

    fn conclude(&self, report: &mut HealthReport<'_>) {
        normalize::conclude(report);
    }

    fn check_requests(&self) -> &'static [CheckRequest] {
        &vocabulary::CHECK_REQUESTS
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &lbhealth_alibaba::CHECK_PROFILE
    }
}

const ID: &str = "alibaba-alb";

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

static OPERATIONS: [Operation; 5] = [
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
