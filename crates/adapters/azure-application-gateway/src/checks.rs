//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, DefaultTimes};

/// The protocols of probes, in upper case.
pub(crate) const PROTOCOLS: &[&str] = &["HTTP", "HTTPS", "TCP", "TLS"];
/// The protocols whose probes have a path and a status code.
pub(crate) const REQUEST: &[&str] = &["HTTP", "HTTPS"];

/// The protocols whose probes have a name.
pub(crate) const NAMED: &[&str] = &["HTTP", "HTTPS", "TLS"];

pub(crate) const CODES: CheckField = CheckField::new("match/statusCodes", CheckSetting::Expected, CheckForm::ANY_CODES);
pub(crate) const INTERVAL: CheckField =
    CheckField::new("interval", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(1, 86_400)));
pub(crate) const TIMEOUT: CheckField =
    CheckField::new("timeout", CheckSetting::TimeoutMs, CheckForm::Seconds(Bounds::between(1, 86_400)));
pub(crate) const UNHEALTHY: CheckField =
    CheckField::new("unhealthyThreshold", CheckSetting::UnhealthyThreshold, CheckForm::Count(Bounds::between(1, 20)));

/// One passed probe brings a server back. The times are those of the [guide].
///
/// [guide]: https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-probe-overview
pub(crate) static CHECK_PROFILE: CheckProfile =
    CheckProfile::EMPTY.without(&[CheckSetting::HealthyThreshold]).defaults(&[DefaultTimes::new(30, 30, 3)]).fields(&[
        ("host", CheckSetting::Host),
        (INTERVAL.name, INTERVAL.setting),
        ("path", CheckSetting::Path),
        ("pickHostNameFromBackendHttpSettings", CheckSetting::Host),
        ("pickHostNameFromBackendSettings", CheckSetting::Host),
        ("port", CheckSetting::Port),
        (TIMEOUT.name, TIMEOUT.setting),
        (UNHEALTHY.name, UNHEALTHY.setting),
    ]);
