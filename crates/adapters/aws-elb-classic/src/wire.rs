//! The payloads as the vendor documents them. The API itself answers in XML; this is what its command line and its clients make of that.

use lbhealth_aws::ResponseMetadata;
use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// Reply of `DescribeInstanceHealth`.
    pub(crate) struct DescribeInstanceHealth<'a> {
        /// The instances: all of the load balancer, or those that were asked for.
        "InstanceStates" instances: List<'a, InstanceState<'a>>,
        /// What the vendor's Python client says of the call. The command line leaves it out.
        "ResponseMetadata" metadata: ResponseMetadata<'a>,
    }
}

wire! {
    /// An instance and its state.
    pub(crate) struct InstanceState<'a> {
        /// Id of the instance.
        "InstanceId" id: Id<'a>,
        /// State word.
        "State" state: Text<'a>,
        /// On whose side the cause is: `ELB`, `Instance`, or `N/A`.
        "ReasonCode" reason: Text<'a>,
        /// One or more sentences for people, the only place in which the cause itself stands; `N/A` where there is none.
        "Description" description: Text<'a>,
    }
}

wire! {
    /// Reply of `DescribeLoadBalancers`.
    pub(crate) struct DescribeLoadBalancers<'a> {
        /// The load balancers.
        "LoadBalancerDescriptions" load_balancers: List<'a, LoadBalancerDescription<'a>>,
        /// Marker of the next page; blank on the last one.
        "NextMarker" next_marker: Id<'a>,
        /// Token of the next page where the command line was told to stop (`--max-items`).
        "NextToken" next_token: Id<'a>,
        /// What the vendor's Python client says of the call. The command line leaves it out.
        "ResponseMetadata" metadata: ResponseMetadata<'a>,
    }
}

wire! {
    /// A load balancer. It has no pools: its instances are registered with it.
    pub(crate) struct LoadBalancerDescription<'a> {
        /// Name of the load balancer, which other calls ask for.
        "LoadBalancerName" name: Id<'a>,
        /// The instances that are registered with it.
        "Instances" instances: List<'a, Instance<'a>>,
        /// How its instances are checked.
        "HealthCheck" check: HealthCheck<'a>,
    }
    unread {
        "DNSName": "how users find the load balancer",
        "CanonicalHostedZoneName": "how users find the load balancer",
        "CanonicalHostedZoneNameID": "how users find the load balancer",
        "ListenerDescriptions": "what users are served; the state of an instance is the same at every listener",
        "Policies": "how connections are made",
        "BackendServerDescriptions": "how connections are made",
        "AvailabilityZones": "zones of the load balancer, not of an instance",
        "Subnets": "the network says nothing about health",
        "VPCId": "the network says nothing about health",
        "SourceSecurityGroup": "who may connect",
        "SecurityGroups": "who may connect",
        "CreatedTime": "the time of the record",
        "Scheme": "who may use the load balancer",
    }
}

wire! {
    /// An instance that is registered with a load balancer.
    pub(crate) struct Instance<'a> {
        /// Id of the instance.
        "InstanceId" id: Id<'a>,
    }
}

wire! {
    /// How the instances of a load balancer are checked.
    pub(crate) struct HealthCheck<'a> {
        /// What is probed: protocol, port and, for HTTP and HTTPS, path, such as `HTTP:80/ping`.
        "Target" target: Id<'a>,
        /// Seconds from one probe to the next.
        "Interval" interval: u32,
        /// Seconds after which a probe has failed.
        "Timeout" timeout: u32,
        /// How many passed probes in a row put an instance into service.
        "HealthyThreshold" healthy_threshold: u32,
        /// How many failed probes in a row take an instance out of service.
        "UnhealthyThreshold" unhealthy_threshold: u32,
    }
}
