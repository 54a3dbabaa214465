//! What to look at first.

use crate::{BackendHealth, FailureReason, TrafficReason};

/// What to look at first when a backend passes its checks, and nothing tells whether it gets traffic.
pub(super) const WELL_WITH_TRAFFIC_OPEN: &str = "It passes its checks, and whether it gets traffic is left open: look at the warnings of the record, at what is above it, and at the active \
     backend if it is a standby.";

/// What to look at first when nothing speaks against a backend where it is observed, and another status of it is at no place that is named.
pub(super) const WELL_WITH_STATUS_UNPLACED: &str = "Look at the other status that the vendor gives, which the warning OUTER_STATUS_UNPLACED tells: it holds where the backend is not observed.";

impl FailureReason {
    /// What to look at first when a backend is not healthy for this reason: one sentence for somebody on call.
    pub const fn first_look(self) -> &'static str {
        match self {
            Self::AddressUnusable => {
                "Look at the address that the backend is registered with, and whether the load balancer can use it."
            }
            Self::AdminDisabled => {
                "Look who switched it off and whether that is still wanted: the backend, its pool or the load balancer."
            }
            Self::AdminOverride => "Look who overrode the result of the checks, and whether that is still wanted.",
            Self::BackendMissing => "Look whether the server was deleted or replaced, and take it out of the pool if it is gone.",
            Self::BackendStopped => "Look whether the server was stopped on purpose, and start it if not.",
            Self::ConnectFailed => {
                "From the load balancer's network, connect to the probed port: look whether something listens there, then at firewalls."
            }
            Self::ConnectInterrupt => {
                "Look whether the service restarts or drops connections when the probe comes, and at firewalls that cut connections."
            }
            Self::ConnectRefused => {
                "Look whether the service runs and listens on the probed port, on all addresses and not on the loopback address only."
            }
            Self::ConnectTimeout => {
                "Look at security groups and firewalls between the load balancer's addresses and the probed port, then at the load of the server."
            }
            Self::Deregistering => "Wait: it is being removed. Look at the connection draining time if it takes too long.",
            Self::DnsFailure => "Resolve the backend's name the way the load balancer does.",
            Self::HealthCheckDisabled => {
                "Look whether the pool is meant to have no health check; until it has one nothing is known."
            }
            Self::HealthCheckMisconfigured => "Look at the settings of the health check: port, protocol, path and expected codes.",
            Self::InitialChecks => {
                "Wait for as many probes as the threshold asks for; if it stays, look whether the probes arrive."
            }
            Self::LbInternalError => "Look at the vendor's service status: the backend is not the problem.",
            Self::NetworkUnreachable => "Look at routes and peerings between the load balancer's network and the backend's.",
            Self::NoHealthyChildren => "Look at the backends of the pool or load balancer behind this one.",
            Self::NotAttached => "Look whether the pool is bound to a listener, and whether the backend is tied to a server.",
            Self::NotInUse => "Look at the backend's weight, then whether its zone is one that the load balancer serves.",
            Self::NotRegistered => "Look whether the backend is meant to be in this pool, and register it.",
            Self::ProbeFailed => "Send the probe yourself from the load balancer's network: same port, path and name.",
            Self::RecvResponseFailed => {
                "Look at the service's log for the probe: it took the request and closed without an answer."
            }
            Self::RecvResponseTimeout => {
                "Look how long the probed page takes and what it waits for, then whether the server is overloaded."
            }
            Self::Registering => "Wait: it is being added.",
            Self::ResponseBodyMismatch => "Fetch the probed page and compare its body with the expected one.",
            Self::ResponseFormatError => {
                "Look whether the probed port speaks the protocol of the check, such as TLS where plain HTTP is sent."
            }
            Self::ResponseMismatch => {
                "Send the probe's request yourself, with its method and name: a redirect, a login or a missing page gives another status code, and so \
                 does a gRPC service that does not know the call or is not serving."
            }
            Self::SendRequestFailed => {
                "Look whether the service closes the connection before it reads the request, as an overloaded one does."
            }
            Self::SendRequestTimeout => {
                "Look whether the service accepts connections and reads nothing, as one without free workers does."
            }
            Self::SslCertificateInvalid => "Look at the backend's certificate: validity, name and chain.",
            Self::SslHandshakeError => {
                "Look whether the probed port speaks TLS at all, then at versions, ciphers and the certificate."
            }
            Self::StatusUnavailable => "Ask again later, and look at the vendor's service status.",
            Self::Timeout => {
                "Look at firewalls between the load balancer and the probed port, then how long the probed page takes."
            }
            Self::Unrecognized => "Look at the vendor's own word in the evidence, and in the vendor's reference.",
            Self::ZeroWeight => "Look who set the weight to 0 and whether that is still wanted, as after a rollout.",
            Self::ZoneNotEnabled => "Enable the backend's zone at the load balancer, or let traffic cross zones.",
        }
    }
}

impl BackendHealth {
    /// What to look at first when a backend is said to be so and no reason is given: one sentence for somebody on call.
    pub const fn first_look(self) -> &'static str {
        match self {
            Self::Unhealthy => {
                "Look at the reason beside the status. Without one, look whether its server runs at all, then send the probe yourself from the load \
                 balancer's network."
            }
            Self::Degraded => "Look at each observer's own answer: they disagree.",
            Self::Unknown => "Look at the warnings of the record: they tell whether nothing was said, or something not known.",
            Self::Initializing => "Wait for as many probes as the threshold asks for; if it stays, look whether the probes arrive.",
            Self::Draining => "Wait: it is leaving.",
            Self::Inactive => {
                "Look at weight, switches and zone: it is kept out by configuration, or its server is stopped or gone."
            }
            Self::Unmonitored => "Look whether the pool is meant to have no health check; until it has one nothing is known.",
            Self::Healthy => "Nothing to do: if users see failures all the same, look whether the check covers what they use.",
        }
    }
}

impl TrafficReason {
    /// What to look at first when a backend's traffic is so for this reason: one sentence for somebody on call.
    pub const fn first_look(self) -> &'static str {
        match self {
            Self::AdminDisabled => "Look who switched the backend off and whether that is still wanted, as after maintenance.",
            Self::AnomalyMitigation => {
                "Look at the errors that users get from this backend: they are more than those of its neighbours."
            }
            Self::FailOpen => "Look at what the whole pool has in common, the check's own settings first: every backend fails.",
            Self::Mirror => "Nothing to do: it gets copies only and does not serve users.",
            Self::ParentNotInService => {
                "Look at the load balancer, listener or pool above it: it is frozen, as for arrears, or switched off."
            }
            Self::StandbyRole => "Nothing to do while the active backend is well.",
            Self::Unrecognized => "Look at the vendor's own words in the evidence.",
            Self::ZeroWeight => "Look who set the weight to 0 and whether that is still wanted, as after a rollout.",
            Self::ZonalShift => "Look who moved the traffic out of the zone, and whether it may come back.",
        }
    }
}
