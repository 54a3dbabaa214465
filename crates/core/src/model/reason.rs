//! Why a backend is not plainly healthy.

use serde::{Deserialize, Serialize};

use crate::Certainty;
use crate::model::word::words;

words! {
    /// The stage at which a probe failed, or the kind of circumstance that kept a verdict from being given. The list is closed, so it is
    /// the answer for a reader that does not know the reason.
    closed Phase {
        /// Looking up the backend's name.
        Resolve,
        /// Opening the connection.
        Connect,
        /// Securing the connection.
        Tls,
        /// Sending the probe.
        Send,
        /// Waiting for the answer.
        Receive,
        /// Judging the answer.
        Response,
        /// The probe failed and the vendor does not say at which stage, or the reason is not known to this version.
        Unspecified,
        /// Real traffic failed, not a probe.
        Passive,
        /// An agent on the backend or a control plane said so.
        Reported,
        /// The backend itself: stopped, gone, or without healthy parts.
        Backend,
        /// The backend has just come or is about to go.
        Lifecycle,
        /// Somebody configured it so.
        Configuration,
        /// The load balancer has a problem of its own.
        Platform,
    }
}

words! {
    /// Why a backend is not plainly healthy. The list is open: a reader that does not know the word uses the phase beside it, and the
    /// vendor's own word is in the record's evidence.
    open FailureReason {
        /// The load balancer has no usable address of the backend.
        AddressUnusable,
        /// The backend is switched off administratively.
        AdminDisabled,
        /// Somebody overrode the result of the checks.
        AdminOverride,
        /// The server behind the backend does not exist.
        BackendMissing,
        /// The server behind the backend is stopped or terminated.
        BackendStopped,
        /// The connection could not be established; the vendor does not say whether it was refused.
        ConnectFailed,
        /// The connection broke during the check.
        ConnectInterrupt,
        /// The backend refused the connection.
        ConnectRefused,
        /// The connection was not established in time.
        ConnectTimeout,
        /// The backend is being removed.
        Deregistering,
        /// The backend's name could not be resolved.
        DnsFailure,
        /// No health check is configured, or it is switched off.
        HealthCheckDisabled,
        /// The health check cannot work as it is configured.
        HealthCheckMisconfigured,
        /// Checks are on and no result exists yet.
        InitialChecks,
        /// The load balancer failed, not the backend.
        LbInternalError,
        /// There is no route to the backend.
        NetworkUnreachable,
        /// A backend that is itself a pool or load balancer has nothing healthy behind it.
        NoHealthyChildren,
        /// The pool is not attached to a load balancer or listener, or the backend is not tied to a server.
        NotAttached,
        /// The load balancer does not use the backend; the vendor's word leaves open which setting keeps it out.
        NotInUse,
        /// The backend is not registered.
        NotRegistered,
        /// The probe failed and the vendor says so without saying how.
        ProbeFailed,
        /// The answer could not be read.
        RecvResponseFailed,
        /// The answer did not come in time.
        RecvResponseTimeout,
        /// The backend is being registered.
        Registering,
        /// The body of the answer is not the expected one.
        ResponseBodyMismatch,
        /// The answer is malformed.
        ResponseFormatError,
        /// The status code of the answer is not among the expected ones.
        ResponseMismatch,
        /// The probe could not be sent.
        SendRequestFailed,
        /// The probe was not sent in time.
        SendRequestTimeout,
        /// The backend's certificate was not accepted.
        SslCertificateInvalid,
        /// The TLS handshake failed.
        SslHandshakeError,
        /// The load balancer cannot find out.
        StatusUnavailable,
        /// The probe ran out of time and the vendor does not say in which stage.
        Timeout,
        /// The backend's weight is 0.
        ZeroWeight,
        /// The backend is in a zone that the load balancer does not serve.
        ZoneNotEnabled,
    }
}

impl FailureReason {
    /// The stage or circumstance this reason belongs to.
    pub const fn phase(self) -> Phase {
        match self {
            Self::DnsFailure => Phase::Resolve,
            Self::ConnectFailed
            | Self::ConnectInterrupt
            | Self::ConnectRefused
            | Self::ConnectTimeout
            | Self::NetworkUnreachable => Phase::Connect,
            Self::SslCertificateInvalid | Self::SslHandshakeError => Phase::Tls,
            Self::SendRequestFailed | Self::SendRequestTimeout => Phase::Send,
            Self::RecvResponseFailed | Self::RecvResponseTimeout => Phase::Receive,
            Self::ResponseBodyMismatch | Self::ResponseFormatError | Self::ResponseMismatch => Phase::Response,
            Self::ProbeFailed | Self::Timeout | Self::Unrecognized => Phase::Unspecified,
            Self::BackendMissing | Self::BackendStopped | Self::NoHealthyChildren => Phase::Backend,
            Self::Deregistering | Self::InitialChecks | Self::NotRegistered | Self::Registering => Phase::Lifecycle,
            Self::AddressUnusable
            | Self::AdminDisabled
            | Self::AdminOverride
            | Self::HealthCheckDisabled
            | Self::HealthCheckMisconfigured
            | Self::NotAttached
            | Self::NotInUse
            | Self::ZeroWeight
            | Self::ZoneNotEnabled => Phase::Configuration,
            Self::LbInternalError | Self::StatusUnavailable => Phase::Platform,
        }
    }

    /// Whether something that was tried failed (a probe, real traffic, an agent's report), as against a circumstance that kept a verdict
    /// from being given. False for [`Unrecognized`](Self::Unrecognized), of which nothing is known.
    pub const fn is_probe_failure(self) -> bool {
        if matches!(self, Self::Unrecognized) {
            return false;
        }
        match self.phase() {
            Phase::Resolve
            | Phase::Connect
            | Phase::Tls
            | Phase::Send
            | Phase::Receive
            | Phase::Response
            | Phase::Unspecified
            | Phase::Passive
            | Phase::Reported => true,
            Phase::Backend | Phase::Lifecycle | Phase::Configuration | Phase::Platform => false,
        }
    }
}

/// Why a backend is not plainly healthy, and how sure that is. A healthy backend has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Cause {
    /// The reason.
    pub reason: FailureReason,
    /// The stage or circumstance of the reason, for readers that do not know the reason.
    pub phase: Phase,
    /// How the reason follows from what the vendor said; the certainty of the health stands beside the health.
    pub certainty: Certainty,
}

impl Cause {
    /// A cause with the phase that belongs to its reason.
    pub const fn new(reason: FailureReason, certainty: Certainty) -> Self {
        Self { reason, phase: reason.phase(), certainty }
    }
}
