//! The payloads as the vendor documents them. The command line writes what stands in `properties` beside the id instead, and PowerShell does
//! so with names that begin with capitals.

use lbhealth_azure::SubResource;
use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Reference, Text};

wire! {
    /// Reply of `LoadBalancerLoadBalancingRules_Health`, once it has come.
    pub(crate) struct LoadBalancerHealthPerRule<'a> {
        /// How many backends of the rule count as healthy.
        "up" up: u32,
        /// How many backends of the rule count as unhealthy.
        "down" down: u32,
        /// The backends.
        "loadBalancerBackendAddresses" backends: List<'a, LoadBalancerHealthPerRulePerBackendAddress<'a>>,
    }
}

wire! {
    /// A backend and its health at the rule.
    pub(crate) struct LoadBalancerHealthPerRulePerBackendAddress<'a> {
        /// Address of the backend.
        "ipAddress" address: Id<'a>,
        /// The IP configuration of the backend's network interface: its id, which some clients put into an object.
        "networkInterfaceIPConfigurationId" id: Reference<'a, SubResource<'a>>,
        /// Status word; empty where the machine is off.
        "state" state: Text<'a>,
        /// Reason word, which healthy backends have too.
        "reason" reason: Text<'a>,
    }
}

wire! {
    /// Reply of `LoadBalancers_Get`: a load balancer.
    pub(crate) struct LoadBalancer<'a> or PascalCase {
        /// What is set, as the API writes it.
        "properties" properties: LoadBalancerProperties<'a>,
        /// The probes, as the command line and PowerShell write them.
        "probes" probes: List<'a, Probe<'a>>,
    }
    unread {
        "id": "probes have ids of their own, which lie in it",
        "name": "a part of the id",
        "loadBalancingRules": "they refer to probes, and say nothing of them",
    }
}

wire! {
    /// The settings of a load balancer.
    pub(crate) struct LoadBalancerProperties<'a> {
        /// The probes.
        "probes" probes: List<'a, Probe<'a>>,
    }
    unread {
        "loadBalancingRules": "they refer to probes, and say nothing of them",
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
        "port" port: u16,
        /// As in `properties`.
        "requestPath" path: Id<'a>,
        /// As in `properties`.
        "intervalInSeconds" interval: u32,
        /// As in `properties`.
        "numberOfProbes" number: u32,
        /// As in `properties`.
        "probeThreshold" threshold: u32,
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
        /// Port that is probed.
        "port" port: u16,
        /// Path that the probe asks for.
        "requestPath" path: Id<'a>,
        /// Seconds from one probe to the next.
        "intervalInSeconds" interval: u32,
        /// An older setting for how many probes count, which the vendor does not heed.
        "numberOfProbes" number: u32,
        /// How many failed probes in a row take a backend out of rotation, and how many passed ones take it back.
        "probeThreshold" threshold: u32,
    }
    unread {
        "loadBalancingRules": "the rules that use the probe are not pools",
        "noHealthyBackendsBehavior": "health says itself where it counts",
        "provisioningState": "the state of the configuration, not of a check",
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
            port: self.port,
            path: self.path.take(),
            interval: self.interval,
            number: self.number,
            threshold: self.threshold,
            ..ProbeProperties::default()
        };
        (properties, false)
    }
}
