//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, TimeoutBound};

use crate::vocabulary::{HTTP_CHECK, HTTPS_CHECK};

/// Protocols of a probe, our word and the vendor's.
pub(crate) const PROTOCOLS: &[(&str, &str)] = &[
    ("GRPC", "GRPC"),
    ("GRPCS", "GRPC_WITH_TLS"),
    ("HTTP", "HTTP"),
    ("HTTP2", "HTTP2"),
    ("HTTPS", "HTTPS"),
    ("TLS", "SSL"),
    ("TCP", "TCP"),
];
/// The protocol of legacy health checks, which only the kind of the resource tells.
pub(crate) const LEGACY_PROTOCOLS: &[(&str, &str)] = &[(HTTP_CHECK, "HTTP"), (HTTPS_CHECK, "HTTPS")];
/// Those that ask for a name and a path.
pub(crate) const REQUEST: &[&str] = &["HTTP", "HTTP2", "HTTPS"];

/// The word for no header of the PROXY protocol.
pub(crate) const NO_PROXY_HEADER: &str = "NONE";
/// What the port of a probe is: a number of its own.
pub(crate) const FIXED_PORT: &str = "USE_FIXED_PORT";
/// What the port of a probe is, and whether that is the backend's own.
pub(crate) const PORT_SPECIFICATIONS: &[&str] = &[FIXED_PORT, "USE_NAMED_PORT", "USE_SERVING_PORT"];

pub(crate) const INTERVAL: CheckField =
    CheckField::new("checkIntervalSec", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::at_least(1)));

/// The seconds that a probe has: those of the interval at most, where it is told.
pub(crate) fn timeout(interval: Option<u32>) -> CheckField {
    let bounds = interval.map_or(Bounds::at_least(1), |most| Bounds::between(1, most));
    CheckField::new("timeoutSec", CheckSetting::TimeoutMs, CheckForm::Seconds(bounds))
}

/// The reference lets a probe take as long as the interval, and so does the vendor where nothing is set.
pub(crate) static CHECK_PROFILE: CheckProfile = CheckProfile::EMPTY.timeout(TimeoutBound::UpToInterval).fields(&[
    (INTERVAL.name, INTERVAL.setting),
    ("healthyThreshold", CheckSetting::HealthyThreshold),
    ("host", CheckSetting::Host),
    ("port", CheckSetting::Port),
    ("portSpecification", CheckSetting::Port),
    ("requestPath", CheckSetting::Path),
    ("timeoutSec", CheckSetting::TimeoutMs),
    ("unhealthyThreshold", CheckSetting::UnhealthyThreshold),
]);
