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
        /// Health at listeners. The API is asked about one listener, so there is one element.
        "ListenerHealthStatus" listeners: List<'a, ListenerHealth<'a>>,
    }
    unread {
        "MaxResults": "the size of a page",
        "TotalCount": "the token tells whether there is more",
        "Success": "a failed call is an error before anything is read",
        "Code": "a failed call is an error before anything is read",
        "Message": "a failed call is an error before anything is read",
        "DynamicCode": "a failed call is an error before anything is read",
        "DynamicMessage": "a failed call is an error before anything is read",
        "HttpStatusCode": "repeats the status of the HTTP reply",
    }
}

wire! {
    /// The pools of a listener.
    pub(crate) struct ListenerHealth<'a> {
        /// Id of the listener. It can hold the listener's port (`lsn-…@80`), and a tab before it.
        "ListenerId" listener_id: Id<'a>,
        /// Port of the listener; 0: all ports of a range.
        "ListenerPort" listener_port: u16,
        /// Protocol of the listener: `TCP`, `UDP` or `TCPSSL`.
        "ListenerProtocol" listener_protocol: Id<'a>,
        /// The pools.
        "ServerGroupInfos" groups: List<'a, ServerGroupHealth<'a>>,
    }
}

wire! {
    /// A pool, and its servers that are not plainly normal.
    pub(crate) struct ServerGroupHealth<'a> {
        /// Id of the pool.
        "ServerGroupId" group_id: Id<'a>,
        /// Whether the check is on, a boolean. The vendor writes the name without an l.
        "HeathCheckEnabled" check_enabled: Text<'a>,
        /// The servers that are not plainly normal. Normal ones are left out.
        "NonNormalServers" servers: List<'a, ServerHealth<'a>>,
        /// The same list as the vendor's first client had it.
        "AbnormalServers" abnormal_servers: List<'a, AbnormalServer<'a>>,
    }
}

wire! {
    /// A server that is not plainly normal.
    pub(crate) struct ServerHealth<'a> {
        /// Id of the server; for addresses the address.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server.
        "Port" port: u16,
        /// Status word.
        "Status" status: Text<'a>,
        /// Why the server is in its status.
        "Reason" reason: Reason<'a>,
    }
}

wire! {
    /// Why a server is in its status.
    pub(crate) struct Reason<'a> {
        /// Reason word.
        "ReasonCode" code: Text<'a>,
    }
}

wire! {
    /// A server that is not plainly normal, as the vendor's first client had it.
    pub(crate) struct AbnormalServer<'a> {
        /// The server.
        "BackendServerModel" server: BackendServerModel<'a>,
        /// Status word.
        "Status" status: Text<'a>,
        /// Why the server is in its status.
        "HealthCheckReasonModel" reason: HealthCheckReasonModel<'a>,
    }
}

wire! {
    /// A server, as the vendor's first client had it.
    pub(crate) struct BackendServerModel<'a> {
        /// Id of the server; for addresses the address.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server.
        "Port" port: u16,
        /// Kind of server: `Ecs`, `Eni`, `Eci` or `Ip`.
        "ServerType" server_type: Text<'a>,
        /// Share of connections, 0 to 100; 0: none.
        "Weight" weight: f64,
        /// Zone of the server.
        "ZoneId" zone: Id<'a>,
    }
    unread {
        "Description": "a text of the user's",
        "Id": "the vendor's own number of the record",
        "ServerGroupId": "the pool stands above",
        "Status": "whether the server is registered; not its health",
    }
}

wire! {
    /// Why a server is in its status, as the vendor's first client had it.
    pub(crate) struct HealthCheckReasonModel<'a> {
        /// Reason word.
        "ReasonCode" code: Text<'a>,
        /// The status codes that the check accepts.
        "ExpectReturnCode" expected: Text<'a>,
        /// The status code that the server answered with.
        "ActualReturnCode" actual: Text<'a>,
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
        /// How connections are distributed.
        "Scheduler" scheduler: Id<'a>,
        /// Whether the servers' port is that of the request.
        "AnyPortEnabled" any_port: bool,
        /// How many servers the pool has.
        "ServerCount" server_count: u32,
        /// The load balancers that use the pool.
        "RelatedLoadBalancerIds" load_balancer_ids: List<'a, Id<'a>>,
        /// The pool's health check.
        "HealthCheck" check: HealthCheckConfig<'a>,
    }
    unread {
        "AddressIPVersion": "the addresses tell",
        "AliUid": "who owns the pool",
        "ConnectionDrainEnabled": "whether connections of a leaving server last",
        "ConnectionDrainTimeout": "how long connections of a leaving server last",
        "IpVersionAffinityMode": "which address is preferred",
        "PersistenceEnabled": "which server gets a connection, not whether one does",
        "PersistenceTimeout": "which server gets a connection, not whether one does",
        "PreserveClientIpEnabled": "which address the server sees",
        "RegionId": "where the pool is",
        "ResourceGroupId": "who owns the pool",
        "ServerGroupType": "the servers' own type tells",
        "Tags": "labels of the pool",
        "VpcId": "the network says nothing about health",
    }
}

wire! {
    /// The health check of a pool.
    pub(crate) struct HealthCheckConfig<'a> {
        /// Whether the check is on.
        "HealthCheckEnabled" enabled: bool,
        /// Port that is probed; 0: the server's own.
        "HealthCheckConnectPort" port: u16,
        /// Protocol of the probe: `TCP`, `HTTP` or `UDP`.
        "HealthCheckType" protocol: Id<'a>,
        /// Name that the probe asks for, or a placeholder for the server's own address.
        "HealthCheckDomain" host: Id<'a>,
        /// Path that the probe asks for.
        "HealthCheckUrl" path: Id<'a>,
        /// Method of the probe: `GET` or `HEAD`.
        "HttpCheckMethod" method: Id<'a>,
        /// HTTP version of the probe: `HTTP1.0` or `HTTP1.1`.
        "HealthCheckHttpVersion" http_version: Id<'a>,
        /// The status codes that count as passed; one element can hold several, joined by commas.
        "HealthCheckHttpCode" codes: List<'a, Text<'a>>,
        /// Text that a UDP probe sends.
        "HealthCheckReq" request: Text<'a>,
        /// Text that a UDP probe expects.
        "HealthCheckExp" response: Text<'a>,
        /// Seconds from one probe to the next.
        "HealthCheckInterval" interval: u32,
        /// Seconds after which a probe has failed.
        "HealthCheckConnectTimeout" timeout: u32,
        /// Passed probes in a row that make a server healthy.
        "HealthyThreshold" healthy_threshold: u32,
        /// Failed probes in a row that make a server unhealthy.
        "UnhealthyThreshold" unhealthy_threshold: u32,
    }
}
