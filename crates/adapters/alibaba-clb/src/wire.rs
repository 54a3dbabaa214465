//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text, Wrapped};
wire! {
    /// Reply of `DescribeHealthStatus`.
    pub(crate) struct DescribeHealthStatus<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// The servers of the load balancer, healthy ones too.
        "BackendServers" servers: Wrapped<HealthOfServers<'a>, List<'a, ServerHealth<'a>>>,
    }
}

wire! {
    /// The servers, inside an object that holds nothing else.
    pub(crate) struct HealthOfServers<'a> {
        /// A server is there once for every listener.
        "BackendServer" servers: List<'a, ServerHealth<'a>>,
    }
}

wire! {
    /// A server as one listener sees it.
    pub(crate) struct ServerHealth<'a> {
        /// Id of the server.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server.
        "Port" port: u16,
        /// Port of the listener. Listeners have no id; port and protocol tell them apart.
        "ListenerPort" listener_port: u16,
        /// Protocol of the listener: `tcp`, `udp`, `http` or `https`.
        "Protocol" protocol: Id<'a>,
        /// Status word.
        "ServerHealthStatus" status: Text<'a>,
        /// Kind of server: `ecs`, `eni` or `eci`. Older replies only.
        "Type" server_type: Text<'a>,
    }
    unread {
        "EniHost": "an older name of the address of a network interface",
    }
}

wire! {
    /// Reply of `DescribeLoadBalancerHTTPListenerAttribute` and of its sibling for HTTPS.
    pub(crate) struct WebListener<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Id of the load balancer.
        "LoadBalancerId" load_balancer_id: Id<'a>,
        /// Port of the listener. Listeners have no id; load balancer, port and protocol tell them apart.
        "ListenerPort" listener_port: u16,
        /// Name of the listener.
        "Description" name: Id<'a>,
        /// Id of the pool.
        "VServerGroupId" group_id: Id<'a>,
        /// Whether the check is on: `on` or `off`.
        "HealthCheck" enabled: Text<'a>,
        /// Port that is probed; absent or `-520`: the server's own.
        "HealthCheckConnectPort" port: Id<'a>,
        /// Name that the probe asks for; absent or `$_ip`: the server's own address.
        "HealthCheckDomain" host: Id<'a>,
        /// Path that the probe asks for.
        "HealthCheckURI" path: Id<'a>,
        /// Method of the probe: `head` or `get`.
        "HealthCheckMethod" method: Id<'a>,
        /// The status codes that count as passed, joined by commas.
        "HealthCheckHttpCode" codes: Text<'a>,
        /// Seconds from one probe to the next.
        "HealthCheckInterval" interval: u32,
        /// Seconds after which a probe has failed.
        "HealthCheckTimeout" timeout: u32,
        /// Passed probes in a row that make a server healthy.
        "HealthyThreshold" healthy_threshold: u32,
        /// Failed probes in a row that make a server unhealthy.
        "UnhealthyThreshold" unhealthy_threshold: u32,
    }
    unread {
        "AclId": "who may use the listener",
        "AclIds": "who may use the listener",
        "AclStatus": "who may use the listener",
        "AclType": "who may use the listener",
        "BackendServerPort": "the port of servers that have none of their own",
        "Bandwidth": "how much the listener carries",
        "CACertificateId": "how the listener speaks to clients",
        "Cookie": "which server gets a request, not whether one does",
        "CookieTimeout": "which server gets a request, not whether one does",
        "DomainExtensions": "how the listener speaks to clients",
        "EnableHttp2": "how the listener speaks to clients",
        "ForwardPort": "where clients are sent",
        "Gzip": "how the listener speaks to clients",
        "IdleTimeout": "how long connections last",
        "ListenerForward": "whether clients are sent elsewhere",
        "RequestTimeout": "how long real requests may last",
        "Rules": "rules can have checks of their own",
        "Scheduler": "how requests are distributed",
        "SecurityStatus": "who may use the listener",
        "ServerCertificateId": "how the listener speaks to clients",
        "Status": "whether the listener runs, not how it checks",
        "StickySession": "which server gets a request, not whether one does",
        "StickySessionType": "which server gets a request, not whether one does",
        "TLSCipherPolicy": "how the listener speaks to clients",
        "Tags": "labels of the listener",
        "XForwardedFor": "which address the server sees",
        "XForwardedFor_ClientCertClientVerify": "what the server learns of the client",
        "XForwardedFor_ClientCertFingerprint": "what the server learns of the client",
        "XForwardedFor_ClientCertIssuerDN": "what the server learns of the client",
        "XForwardedFor_ClientCertSubjectDN": "what the server learns of the client",
        "XForwardedFor_ClientSrcPort": "what the server learns of the client",
        "XForwardedFor_SLBID": "what the server learns of the listener",
        "XForwardedFor_SLBIP": "what the server learns of the listener",
        "XForwardedFor_SLBPORT": "what the server learns of the listener",
        "XForwardedFor_proto": "what the server learns of the listener",
    }
}

wire! {
    /// Reply of `DescribeLoadBalancerTCPListenerAttribute` and of its sibling for UDP.
    pub(crate) struct TransportListener<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Id of the load balancer.
        "LoadBalancerId" load_balancer_id: Id<'a>,
        /// Port of the listener. Listeners have no id; load balancer, port and protocol tell them apart.
        "ListenerPort" listener_port: u16,
        /// Name of the listener.
        "Description" name: Id<'a>,
        /// Id of the pool.
        "VServerGroupId" group_id: Id<'a>,
        /// Id of the pool, where it is one of a primary server and a secondary one.
        "MasterSlaveServerGroupId" primary_group_id: Id<'a>,
        /// Whether the check is on: `on` or `off`.
        "HealthCheck" enabled: Text<'a>,
        /// Protocol of the probe: `tcp`, `http` or `udp`.
        "HealthCheckType" protocol: Id<'a>,
        /// Port that is probed; absent or `-520`: the server's own.
        "HealthCheckConnectPort" port: Id<'a>,
        /// Name that the probe asks for; absent or `$_ip`: the server's own address.
        "HealthCheckDomain" host: Id<'a>,
        /// Path that the probe asks for.
        "HealthCheckURI" path: Id<'a>,
        /// Method of the probe: `head` or `get`.
        "HealthCheckMethod" method: Id<'a>,
        /// The status codes that count as passed, joined by commas.
        "HealthCheckHttpCode" codes: Text<'a>,
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
    unread {
        "AclId": "who may use the listener",
        "AclIds": "who may use the listener",
        "AclStatus": "who may use the listener",
        "AclType": "who may use the listener",
        "BackendServerPort": "the port of servers that have none of their own",
        "Bandwidth": "how much the listener carries",
        "ConnectionDrain": "whether connections of a leaving server last",
        "ConnectionDrainTimeout": "how long connections of a leaving server last",
        "EstablishedTimeout": "how long connections last",
        "PersistenceTimeout": "which server gets a connection, not whether one does",
        "ProxyProtocolV2Enabled": "which address the server sees",
        "Scheduler": "how requests are distributed",
        "Status": "whether the listener runs, not how it checks",
        "SynProxy": "how the listener speaks to clients",
        "Tags": "labels of the listener",
    }
}

wire! {
    /// Reply of `DescribeVServerGroupAttribute`.
    pub(crate) struct DescribeVServerGroupAttribute<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Id of the pool.
        "VServerGroupId" id: Id<'a>,
        /// Name of the pool.
        "VServerGroupName" name: Id<'a>,
        /// Id of the load balancer that the pool belongs to.
        "LoadBalancerId" load_balancer_id: Id<'a>,
        /// The servers of the pool.
        "BackendServers" servers: Wrapped<RegisteredServers<'a>, List<'a, RegisteredServer<'a>>>,
    }
    unread {
        "CreateTime": "the time of the record",
        "Tags": "labels of the pool",
    }
}

wire! {
    /// The servers, inside an object that holds nothing else.
    pub(crate) struct RegisteredServers<'a> {
        /// The servers.
        "BackendServer" servers: List<'a, RegisteredServer<'a>>,
    }
}

wire! {
    /// A server that is registered in a pool.
    pub(crate) struct RegisteredServer<'a> {
        /// Id of the server.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server.
        "Port" port: u16,
        /// Share of requests, 0 to 100; 0: none.
        "Weight" weight: f64,
        /// Kind of server: `ecs`, `eni` or `eci`.
        "Type" server_type: Text<'a>,
    }
    unread {
        "Description": "a text of the user's",
    }
}
