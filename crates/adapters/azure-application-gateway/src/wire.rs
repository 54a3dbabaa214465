//! The payloads as the vendor documents them. The command line writes what stands in `properties` beside the id instead, and PowerShell does
//! so with names that begin with capitals.

use lbhealth_azure::SubResource;
use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// Reply of `ApplicationGateways_BackendHealth`, once it has come.
    pub(crate) struct BackendHealth<'a> or PascalCase {
        /// The pools that rules use.
        "backendAddressPools" pools: List<'a, BackendHealthPool<'a>>,
    }
}

wire! {
    /// A pool, with the health of its servers for each of the settings that it is used with.
    pub(crate) struct BackendHealthPool<'a> or PascalCase {
        /// The pool.
        "backendAddressPool" pool: SubResource<'a>,
        /// The settings that it is used with.
        "backendHttpSettingsCollection" settings: List<'a, BackendHealthHttpSettings<'a>>,
    }
}

wire! {
    /// Servers, reached with these settings.
    pub(crate) struct BackendHealthHttpSettings<'a> or PascalCase {
        /// The settings: port, protocol, probe.
        "backendHttpSettings" settings: SubResource<'a>,
        /// The servers.
        "servers" servers: List<'a, BackendHealthServer<'a>>,
    }
}

wire! {
    /// A server and its health.
    pub(crate) struct BackendHealthServer<'a> or PascalCase {
        /// Address or name of the server.
        "address" address: Id<'a>,
        /// The IP configuration of the server's network interface; null for servers that are known by address or name.
        "ipConfiguration" ip_configuration: SubResource<'a>,
        /// Status word.
        "health" health: Text<'a>,
        /// Text for people, which healthy servers have too.
        "healthProbeLog" log: Text<'a>,
        /// Reason word, which healthy servers have too. Not in the vendor's reference.
        "healthProbeErrorName" error_name: Text<'a>,
    }
    unread {
        "backendCertificateChainMetadata": "the text says what is wrong with a certificate",
    }
}

wire! {
    /// Reply of `ApplicationGateways_BackendHealthOnDemand`, once it has come.
    pub(crate) struct BackendHealthOnDemand<'a> or PascalCase {
        /// The pool that was probed.
        "backendAddressPool" pool: SubResource<'a>,
        /// The settings that it was probed with, and the servers.
        "backendHealthHttpSettings" settings: BackendHealthHttpSettings<'a>,
    }
}

wire! {
    /// Reply of `ApplicationGateways_Get`: a gateway.
    pub(crate) struct ApplicationGateway<'a> or PascalCase {
        /// What is set, as the API writes it.
        "properties" properties: ApplicationGatewayProperties<'a>,
        /// The probes, as the command line and PowerShell write them.
        "probes" probes: List<'a, Probe<'a>>,
    }
    unread {
        "id": "probes have ids of their own, which lie in it",
        "name": "a part of the id",
        "gatewayIPConfigurations": "the gateway's own addresses",
    }
}

wire! {
    /// The settings of a gateway.
    pub(crate) struct ApplicationGatewayProperties<'a> {
        /// The probes.
        "probes" probes: List<'a, Probe<'a>>,
    }
    unread {
        "gatewayIPConfigurations": "the gateway's own addresses",
    }
}

wire! {
    /// A probe.
    pub(crate) struct Probe<'a> or PascalCase {
        /// Resource id.
        "id" id: Id<'a>,
        /// Name of the probe.
        "name" name: Text<'a>,
        /// What is set, as the API writes it.
        "properties" properties: ProbeProperties<'a>,
        /// As in `properties`.
        "protocol" protocol: Id<'a>,
        /// As in `properties`.
        "host" host: Id<'a>,
        /// As in `properties`.
        "pickHostNameFromBackendHttpSettings" name_from_http_settings: bool,
        /// As in `properties`.
        "pickHostNameFromBackendSettings" name_from_settings: bool,
        /// As in `properties`.
        "path" path: Id<'a>,
        /// As in `properties`.
        "port" port: u16,
        /// As in `properties`.
        "interval" interval: u32,
        /// As in `properties`.
        "timeout" timeout: u32,
        /// As in `properties`.
        "unhealthyThreshold" unhealthy_threshold: u32,
        /// As in `properties`.
        "match" match_: Match<'a>,
        /// As in `properties`.
        "minServers" min_servers: u32,
    }
    unread {
        "etag": "changes with the settings",
        "type": "a part of the id",
        "resourceGroup": "a part of the id, which the command line adds",
    }
}

wire! {
    /// The settings of a probe.
    pub(crate) struct ProbeProperties<'a> {
        /// Protocol of the probe.
        "protocol" protocol: Id<'a>,
        /// Name that the probe asks for.
        "host" host: Id<'a>,
        /// Whether the probe asks for the name in the backends' HTTP settings.
        "pickHostNameFromBackendHttpSettings" name_from_http_settings: bool,
        /// The same for settings of other protocols.
        "pickHostNameFromBackendSettings" name_from_settings: bool,
        /// Path that the probe asks for.
        "path" path: Id<'a>,
        /// Port that is probed; absent: that of the backend settings.
        "port" port: u16,
        /// Seconds from one probe to the next.
        "interval" interval: u32,
        /// Seconds after which a probe has failed.
        "timeout" timeout: u32,
        /// How many failed probes in a row make a server unhealthy.
        "unhealthyThreshold" unhealthy_threshold: u32,
        /// What counts as a passed probe.
        "match" match_: Match<'a>,
        /// So many servers count as healthy whatever their checks say, and no reply tells which.
        "minServers" min_servers: u32,
    }
    unread {
        "enableProbeProxyProtocolHeader": "what the probe sends ahead",
        "provisioningState": "the state of the configuration, not of a check",
    }
}

wire! {
    /// What counts as a passed probe.
    pub(crate) struct Match<'a> or PascalCase {
        /// Status codes and ranges of them.
        "statusCodes" codes: List<'a, Text<'a>>,
        /// Text that the body has to hold.
        "body" body: Text<'a>,
    }
}

impl<'a> Probe<'a> {
    /// What is set, in whichever of the two places, and whether that is `properties`.
    pub(crate) fn take_properties(&mut self) -> (ProbeProperties<'a>, bool) {
        if let Some(properties) = self.properties.take() {
            return (properties, true);
        }
        let properties = ProbeProperties {
            protocol: self.protocol.take(),
            host: self.host.take(),
            name_from_http_settings: self.name_from_http_settings,
            name_from_settings: self.name_from_settings,
            path: self.path.take(),
            port: self.port,
            interval: self.interval,
            timeout: self.timeout,
            unhealthy_threshold: self.unhealthy_threshold,
            match_: self.match_.take(),
            min_servers: self.min_servers,
            ..ProbeProperties::default()
        };
        (properties, false)
    }
}
