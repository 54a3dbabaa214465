//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// Reply of `GetListenerHealthStatus`.
    pub(crate) struct GetListenerHealthStatus<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Token of the next page; absent or empty on the last.
        "NextToken" next_token: Id<'a>,
        /// Health in the pools of listeners' default actions. The API is asked about one listener, so there is one element.
        "ListenerHealthStatus" listeners: List<'a, ListenerHealth<'a>>,
        /// Health in the pools of forwarding rules; absent or empty unless rules were asked for.
        "RuleHealthStatus" rules: List<'a, RuleHealth<'a>>,
    }
    unread {
        "Success": "a failed call is an error before anything is read",
        "HttpStatusCode": "repeats the status of the HTTP reply",
    }
}

wire! {
    /// The pools of a listener's default action.
    pub(crate) struct ListenerHealth<'a> {
        /// Id of the listener.
        "ListenerId" listener_id: Id<'a>,
        /// Port of the listener.
        "ListenerPort" listener_port: u16,
        /// Protocol of the listener, in any case.
        "ListenerProtocol" listener_protocol: Id<'a>,
        /// The pools.
        "ServerGroupInfos" groups: List<'a, ServerGroupHealth<'a>>,
    }
}

wire! {
    /// The pools of a forwarding rule.
    pub(crate) struct RuleHealth<'a> {
        /// Id of the rule.
        "RuleId" rule_id: Id<'a>,
        /// The pools.
        "ServerGroupInfos" groups: List<'a, ServerGroupHealth<'a>>,
    }
}

wire! {
    /// A pool, and its servers that are not plainly normal.
    pub(crate) struct ServerGroupHealth<'a> {
        /// Id of the pool.
        "ServerGroupId" group_id: Id<'a>,
        /// Whether the pool gets requests (`ForwardGroup`) or copies of them (`TrafficMirror`).
        "ActionType" action: Text<'a>,
        /// Whether the check is on: `on`, `off`, or a boolean.
        "HealthCheckEnabled" check_enabled: Text<'a>,
        /// How many servers the pool has. Newer replies only.
        "ServerCount" server_count: u32,
        /// The servers that are not plainly normal. Normal ones are left out.
        "NonNormalServers" servers: List<'a, ServerHealth<'a>>,
    }
}

wire! {
    /// A server that is not plainly normal.
    pub(crate) struct ServerHealth<'a> {
        /// Id of the server; for addresses the address, for functions their resource name.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server; functions have none.
        "Port" port: u16,
        /// Status word.
        "Status" status: Text<'a>,
        /// Why the server is in its status.
        "Reason" reason: Reason<'a>,
    }
}

wire! {
    /// Why a server is in its status. HTTP and HTTPS listeners only.
    pub(crate) struct Reason<'a> {
        /// Reason word.
        "ReasonCode" code: Text<'a>,
        /// The status codes that the check accepts, such as `HTTP_2xx,HTTP_3xx`.
        "ExpectedResponse" expected: Text<'a>,
        /// The status code that the server answered with.
        "ActualResponse" actual: Text<'a>,
    }
}

wire! {
    /// A health check: the reply of `GetHealthCheckTemplateAttribute`, a template in a list, or the check of a pool.
    pub(crate) struct HealthCheckConfig<'a> {
        /// Id of the call. Not in lists.
        "RequestId" request_id: Id<'a>,
        /// Id of the template. Not in pools.
        "HealthCheckTemplateId" id: Id<'a>,
        /// Name of the template. Not in pools.
        "HealthCheckTemplateName" name: Id<'a>,
        /// Whether the check is on. Pools only.
        "HealthCheckEnabled" enabled: bool,
        /// Port that is probed; 0: the server's own.
        "HealthCheckConnectPort" port: u16,
        /// Protocol of the probe: `HTTP`, `HTTPS`, `TCP` or `gRPC`.
        "HealthCheckProtocol" protocol: Id<'a>,
        /// Name that the probe asks for, or a placeholder for the server's own address.
        "HealthCheckHost" host: Id<'a>,
        /// Path that the probe asks for.
        "HealthCheckPath" path: Id<'a>,
        /// Method of the probe: `HEAD`, `GET` or `POST`.
        "HealthCheckMethod" method: Id<'a>,
        /// HTTP version of the probe: `HTTP1.0` or `HTTP1.1`.
        "HealthCheckHttpVersion" http_version: Id<'a>,
        /// The status codes that count as passed; one element can hold several, joined by commas.
        "HealthCheckCodes" codes: List<'a, Text<'a>>,
        /// The same, as clients named it before there were checks by gRPC.
        "HealthCheckHttpCodes" http_codes: List<'a, Text<'a>>,
        /// Seconds from one probe to the next.
        "HealthCheckInterval" interval: u32,
        /// Seconds after which a probe has failed.
        "HealthCheckTimeout" timeout: u32,
        /// Passed probes in a row that make a server healthy.
        "HealthyThreshold" healthy_threshold: u32,
        /// Failed probes in a row that make a server unhealthy.
        "UnhealthyThreshold" unhealthy_threshold: u32,
        /// Labels.
        "Tags" tags: List<'a, Tag<'a>>,
        /// Id of the resource group.
        "ResourceGroupId" resource_group_id: Id<'a>,
    }
    unread {
        "HealthCheckTcpFastCloseEnabled": "how a probe by TCP ends its connection",
        "Success": "a failed call is an error before anything is read",
        "HttpStatusCode": "repeats the status of the HTTP reply",
    }
}

wire! {
    /// Reply of `ListHealthCheckTemplates`.
    pub(crate) struct ListHealthCheckTemplates<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Token of the next page; absent or empty on the last.
        "NextToken" next_token: Id<'a>,
        /// The templates.
        "HealthCheckTemplates" templates: List<'a, HealthCheckConfig<'a>>,
    }
    unread {
        "MaxResults": "the size of a page",
        "TotalCount": "the token tells whether there is more",
        "Success": "a failed call is an error before anything is read",
    }
}

wire! {
    /// Reply of `ListServerGroups`.
    pub(crate) struct ListServerGroups<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Token of the next page; absent or empty on the last.
        "NextToken" next_token: Id<'a>,
        /// The pools.
        "ServerGroups" groups: List<'a, ServerGroup<'a>>,
    }
    unread {
        "MaxResults": "the size of a page",
        "TotalCount": "the token tells whether there is more",
        "Success": "a failed call is an error before anything is read",
    }
}

wire! {
    /// A pool.
    pub(crate) struct ServerGroup<'a> {
        /// Id of the pool.
        "ServerGroupId" id: Id<'a>,
        /// Name of the pool.
        "ServerGroupName" name: Id<'a>,
        /// State of its configuration.
        "ServerGroupStatus" status: Text<'a>,
        /// Protocol in which the load balancer speaks to the servers.
        "Protocol" protocol: Id<'a>,
        /// How requests are distributed.
        "Scheduler" scheduler: Id<'a>,
        /// Whether servers get traffic from other zones.
        "CrossZoneEnabled" cross_zone: bool,
        /// How many servers the pool has.
        "ServerCount" server_count: u32,
        /// The load balancers that use the pool.
        "RelatedLoadBalancerIds" load_balancer_ids: List<'a, Id<'a>>,
        /// The pool's health check.
        "HealthCheckConfig" check: HealthCheckConfig<'a>,
    }
    unread {
        "ConfigManagedEnabled": "who may change the pool says nothing about health",
        "ConnectionDrainConfig": "how long connections of a leaving server last",
        "CreateTime": "the time of the record",
        "IpVersionAffinityMode": "which address is preferred",
        "Ipv6Enabled": "the addresses tell",
        "RelatedListenerIds": "rules can use a pool too, so these are not all of its places",
        "RelatedRuleIds": "see the listeners",
        "ResourceGroupId": "who owns the pool",
        "ServerGroupType": "the servers' own type tells",
        "ServiceName": "who owns the pool",
        "SlowStartConfig": "how fast a new server gets its share",
        "StickySessionConfig": "which server gets a request, not whether one does",
        "Tags": "labels of the pool",
        "UchConfig": "how requests are distributed",
        "UpstreamKeepaliveEnabled": "how connections are used",
        "VpcId": "the network says nothing about health",
        "ServiceManagedEnabled": "who may change the pool",
        "ServiceManagedMode": "who may change the pool",
    }
}

wire! {
    /// A label.
    pub(crate) struct Tag<'a> {
        /// Its name.
        "Key" key: Id<'a>,
        /// Its value.
        "Value" value: Text<'a>,
    }
}
