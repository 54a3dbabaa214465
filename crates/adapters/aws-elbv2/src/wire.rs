//! The payloads as the vendor documents them. The API itself answers in XML; this is what its command line and its clients make of that.

use lbhealth_aws::ResponseMetadata;
use lbhealth_core::wire;
use lbhealth_core::wire::{Id, List, Text};

wire! {
    /// Reply of `DescribeTargetHealth`.
    pub(crate) struct DescribeTargetHealth<'a> {
        /// The targets: all of the target group, or those that were asked for.
        "TargetHealthDescriptions" targets: List<'a, TargetHealthDescription<'a>>,
        /// What the vendor's Python client says of the call. The command line leaves it out.
        "ResponseMetadata" metadata: ResponseMetadata<'a>,
    }
}

wire! {
    /// A target and its health.
    pub(crate) struct TargetHealthDescription<'a> {
        /// The target.
        "Target" target: Target<'a>,
        /// Port that is probed, as text; `traffic-port` is the target's own. Functions have none.
        "HealthCheckPort" check_port: Id<'a>,
        /// Its health.
        "TargetHealth" health: TargetHealth<'a>,
        /// Whether real requests to it fail more often than those to its neighbours.
        "AnomalyDetection" anomaly: AnomalyDetection<'a>,
        /// Whether traffic is moved away from it by hand or by the vendor.
        "AdministrativeOverride" override_: AdministrativeOverride<'a>,
    }
}

wire! {
    /// A target. The same id can be registered with several ports.
    pub(crate) struct Target<'a> {
        /// Instance id, address, or resource name of a function or load balancer, by the kind of the target group.
        "Id" id: Id<'a>,
        /// Port that gets the traffic. Functions have none.
        "Port" port: u16,
        /// Availability zone, or `all` for an address outside the network.
        "AvailabilityZone" zone: Id<'a>,
    }
    unread {
        "QuicServerId": "how connections find their server",
    }
}

wire! {
    /// Health of a target.
    pub(crate) struct TargetHealth<'a> {
        /// Status word.
        "State" state: Text<'a>,
        /// Reason word; healthy targets have none.
        "Reason" reason: Text<'a>,
        /// Text for people; healthy targets have none.
        "Description" description: Text<'a>,
    }
}

wire! {
    /// Whether real requests to a target fail more often than those to its neighbours.
    pub(crate) struct AnomalyDetection<'a> {
        /// `normal` or `anomalous`.
        "Result" result: Text<'a>,
        /// Whether the target gets less traffic for it: `yes` or `no`.
        "MitigationInEffect" mitigation: Text<'a>,
    }
}

wire! {
    /// Whether traffic is moved away from a target by hand or by the vendor.
    pub(crate) struct AdministrativeOverride<'a> {
        /// Word for the override.
        "State" state: Text<'a>,
        /// Reason word, which says the same as the state.
        "Reason" reason: Text<'a>,
    }
    unread {
        "Description": "says the same as the state, for people",
    }
}

wire! {
    /// Reply of `DescribeTargetGroups`.
    pub(crate) struct DescribeTargetGroups<'a> {
        /// The target groups.
        "TargetGroups" groups: List<'a, TargetGroup<'a>>,
        /// Token of the next page.
        "NextMarker" next_marker: Id<'a>,
        /// Token of the command line, which joins pages itself, where it was told to stop earlier.
        "NextToken" next_token: Id<'a>,
        /// What the vendor's Python client says of the call. The command line leaves it out.
        "ResponseMetadata" metadata: ResponseMetadata<'a>,
    }
}

wire! {
    /// A target group.
    pub(crate) struct TargetGroup<'a> {
        /// Resource name of the target group, which other calls ask for.
        "TargetGroupArn" arn: Id<'a>,
        /// Name of the target group.
        "TargetGroupName" name: Text<'a>,
        /// Protocol in which the load balancer speaks to the targets. Functions have none.
        "Protocol" protocol: Id<'a>,
        /// Version of HTTP, or `GRPC`.
        "ProtocolVersion" protocol_version: Id<'a>,
        /// What kind of thing the targets are.
        "TargetType" target_type: Text<'a>,
        /// Resource names of the load balancers that use the target group.
        "LoadBalancerArns" load_balancer_arns: List<'a, Id<'a>>,
        /// Whether targets are checked.
        "HealthCheckEnabled" check_enabled: bool,
        /// Protocol of the probe.
        "HealthCheckProtocol" check_protocol: Id<'a>,
        /// Port that is probed, as text; `traffic-port` is the target's own.
        "HealthCheckPort" check_port: Id<'a>,
        /// Path that the probe asks for; for gRPC the method.
        "HealthCheckPath" check_path: Id<'a>,
        /// Seconds from one probe to the next.
        "HealthCheckIntervalSeconds" check_interval: u32,
        /// Seconds after which a probe has failed.
        "HealthCheckTimeoutSeconds" check_timeout: u32,
        /// How many passed probes in a row make a target healthy.
        "HealthyThresholdCount" healthy_threshold: u32,
        /// How many failed probes in a row make a target unhealthy.
        "UnhealthyThresholdCount" unhealthy_threshold: u32,
        /// The status codes that count as a passed probe.
        "Matcher" matcher: Matcher<'a>,
    }
    unread {
        "Port": "a default for new targets; every target has its own",
        "VpcId": "the network says nothing about health",
        "IpAddressType": "the addresses tell",
        "TargetControlPort": "how a target says what it can take on",
    }
}

wire! {
    /// The status codes that count as a passed probe.
    pub(crate) struct Matcher<'a> {
        /// HTTP status codes.
        "HttpCode" http: Text<'a>,
        /// gRPC status codes.
        "GrpcCode" grpc: Text<'a>,
    }
}
