//! The payloads as the vendor documents them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// Reply of `backendServices.getHealth`, `regionBackendServices.getHealth` and `targetPools.getHealth`. An empty list is left out.
    pub(crate) struct GroupHealth<'a> {
        /// The backends of one group, or one instance of a target pool, once for each forwarding rule where the vendor tells them apart.
        "healthStatus" statuses: List<'a, HealthStatus<'a>>,
    }
    unread {
        "kind": "tells which reply it is",
        "annotations": "notes that users gave to the network endpoint group",
    }
}

wire! {
    /// What `gcloud compute backend-services get-health` prints of one group; it prints a list of these.
    pub(crate) struct Backend<'a> {
        /// URL of the instance group or network endpoint group.
        "backend" group: Id<'a>,
        /// The reply of the API for it.
        "status" status: GroupHealth<'a>,
    }
}

wire! {
    /// Health of a backend.
    pub(crate) struct HealthStatus<'a> {
        /// URL of the instance.
        "instance" instance: Id<'a>,
        /// Address (version 4) of the backend; in target pools that of the forwarding rule.
        "ipAddress" address: Id<'a>,
        /// Address (version 6) of the backend.
        "ipv6Address" ipv6_address: Id<'a>,
        /// Port that gets the traffic, not necessarily the one that is probed.
        "port" port: u16,
        /// Status word for the address of version 4.
        "healthState" state: Text<'a>,
        /// Status word for the address of version 6.
        "ipv6HealthState" ipv6_state: Text<'a>,
        /// URL of the forwarding rule that the status is for.
        "forwardingRule" forwarding_rule: Id<'a>,
        /// Weight that the backend reported in its answer to the probe, a decimal number in a text.
        "weight" weight: Text<'a>,
        /// Why there is no weight.
        "weightError" weight_error: Text<'a>,
    }
    unread {
        "annotations": "notes that users gave to the network endpoint",
        "forwardingRuleIp": "the forwarding rule is known by its name",
    }
}

wire! {
    /// Reply of `networkEndpointGroups.listNetworkEndpoints`, and of the methods of the same name for regions and for the globe.
    pub(crate) struct ListNetworkEndpoints<'a> {
        /// The endpoints, each with its health.
        "items" endpoints: List<'a, EndpointHealth<'a>>,
        /// Token of the next page.
        "nextPageToken" next_page_token: Id<'a>,
        /// A note on the list, such as that it is empty.
        "warning" warning: ListWarning<'a>,
    }
    unread {
        "kind": "tells which reply it is",
        "id": "the id of the reply, not of the group",
    }
}

wire! {
    /// A note on a list.
    pub(crate) struct ListWarning<'a> {
        /// What it is about: `NO_RESULTS_ON_PAGE`, `PARTIAL_SUCCESS`, `UNREACHABLE` and others.
        "code" code: Text<'a>,
        /// The same for people.
        "message" message: Text<'a>,
    }
    unread {
        "data": "details of it",
    }
}

wire! {
    /// A network endpoint and its health. `gcloud compute network-endpoint-groups list-network-endpoints` prints a list of these.
    pub(crate) struct EndpointHealth<'a> {
        /// The endpoint.
        "networkEndpoint" endpoint: NetworkEndpoint<'a>,
        /// Its health, once for each backend service and forwarding rule. There only if it was asked for (`healthStatus: SHOW`) and a central
        /// health check is set up.
        "healths" healths: List<'a, EndpointStatus<'a>>,
    }
}

wire! {
    /// A network endpoint.
    pub(crate) struct NetworkEndpoint<'a> {
        /// Name or URL of the instance.
        "instance" instance: Id<'a>,
        /// Address of version 4.
        "ipAddress" address: Id<'a>,
        /// Address of version 6.
        "ipv6Address" ipv6_address: Id<'a>,
        /// Name that is looked up for the address, where the group is one of names.
        "fqdn" name: Id<'a>,
        /// Port that gets the traffic.
        "port" port: u16,
    }
    unread {
        "annotations": "notes that users gave to the endpoint",
        "clientDestinationPort": "the port on the consumer's side of Private Service Connect",
    }
}

wire! {
    /// Health of a network endpoint at one place.
    pub(crate) struct EndpointStatus<'a> {
        /// Status word for the address of version 4.
        "healthState" state: Text<'a>,
        /// Status word for the address of version 6.
        "ipv6HealthState" ipv6_state: Text<'a>,
        /// The backend service that the status is for.
        "backendService" backend_service: BackendServiceReference<'a>,
        /// The forwarding rule that the status is for.
        "forwardingRule" forwarding_rule: ForwardingRuleReference<'a>,
    }
    unread {
        "healthCheck": "which check gave the status; a backend service has one",
        "healthCheckService": "which set of checks gave the status",
    }
}

wire! {
    /// Names a backend service.
    pub(crate) struct BackendServiceReference<'a> {
        /// URL of the backend service.
        "backendService" url: Id<'a>,
    }
}

wire! {
    /// Names a forwarding rule.
    pub(crate) struct ForwardingRuleReference<'a> {
        /// URL of the forwarding rule.
        "forwardingRule" url: Id<'a>,
    }
}

wire! {
    /// Reply of `healthChecks.list` and `regionHealthChecks.list`.
    pub(crate) struct HealthCheckList<'a> {
        /// The health checks.
        "items" checks: List<'a, HealthCheckResource<'a>>,
        /// Token of the next page.
        "nextPageToken" next_page_token: Id<'a>,
        /// A note on the list, such as that it is empty.
        "warning" warning: ListWarning<'a>,
    }
    unread {
        "kind": "tells which reply it is",
        "id": "the id of the reply",
        "selfLink": "the address of the reply",
    }
}

wire! {
    /// A health check: reply of `healthChecks.get` and `regionHealthChecks.get`. Just one of the objects for the protocols is there.
    pub(crate) struct HealthCheckResource<'a> {
        /// Number of the health check.
        "id" id: Id<'a>,
        /// Name of the health check.
        "name" name: Text<'a>,
        /// URL of the health check, by which others name it.
        "selfLink" self_link: Id<'a>,
        /// Protocol of the probe.
        "type" protocol: Id<'a>,
        /// Seconds from one probe to the next.
        "checkIntervalSec" interval: u32,
        /// Seconds after which a probe has failed.
        "timeoutSec" timeout: u32,
        /// How many passed probes in a row make a backend healthy.
        "healthyThreshold" healthy_threshold: u32,
        /// How many failed probes in a row make a backend unhealthy.
        "unhealthyThreshold" unhealthy_threshold: u32,
        /// The probe, for gRPC.
        "grpcHealthCheck" grpc: Probe<'a>,
        /// The probe, for gRPC within TLS.
        "grpcTlsHealthCheck" grpc_tls: Probe<'a>,
        /// The probe, for HTTP/2.
        "http2HealthCheck" http2: Probe<'a>,
        /// The probe, for HTTP.
        "httpHealthCheck" http: Probe<'a>,
        /// The probe, for HTTPS.
        "httpsHealthCheck" https: Probe<'a>,
        /// The probe, for TLS.
        "sslHealthCheck" ssl: Probe<'a>,
        /// The probe, for TCP.
        "tcpHealthCheck" tcp: Probe<'a>,
    }
    unread {
        "kind": "tells which reply it is",
        "creationTimestamp": "the time of the record",
        "description": "a text of the user's",
        "logConfig": "whether results are logged",
        "region": "stands in the URL",
        "sourceRegions": "where probes come from",
    }
}

wire! {
    /// A probe. Which of the fields there are depends on the protocol.
    pub(crate) struct Probe<'a> {
        /// Port that is probed.
        "port" port: u16,
        /// What the port is: `USE_FIXED_PORT`, `USE_SERVING_PORT`, `USE_NAMED_PORT`.
        "portSpecification" port_specification: Id<'a>,
        /// Name that the probe asks for.
        "host" host: Id<'a>,
        /// Path that the probe asks for.
        "requestPath" path: Id<'a>,
        /// Which service of the backend is asked for its health.
        "grpcServiceName" service: Text<'a>,
        /// Whether a header of the PROXY protocol comes before the probe: `NONE` or its version.
        "proxyHeader" proxy_header: Text<'a>,
        /// Text that the probe sends.
        "request" request: Text<'a>,
        /// Text that has to be in the answer.
        "response" response: Text<'a>,
    }
    unread {
        "portName": "not supported by the vendor",
    }
}

wire! {
    /// A legacy health check: reply of `httpHealthChecks.get` and `httpsHealthChecks.get`.
    pub(crate) struct LegacyHealthCheck<'a> {
        /// Number of the health check.
        "id" id: Id<'a>,
        /// Name of the health check.
        "name" name: Text<'a>,
        /// URL of the health check, by which others name it.
        "selfLink" self_link: Id<'a>,
        /// Seconds from one probe to the next.
        "checkIntervalSec" interval: u32,
        /// Seconds after which a probe has failed.
        "timeoutSec" timeout: u32,
        /// How many passed probes in a row make a backend healthy.
        "healthyThreshold" healthy_threshold: u32,
        /// How many failed probes in a row make a backend unhealthy.
        "unhealthyThreshold" unhealthy_threshold: u32,
        /// Port that is probed.
        "port" port: u16,
        /// Name that the probe asks for.
        "host" host: Id<'a>,
        /// Path that the probe asks for.
        "requestPath" path: Id<'a>,
    }
    unread {
        "kind": "tells which reply it is",
        "creationTimestamp": "the time of the record",
        "description": "a text of the user's",
    }
}
