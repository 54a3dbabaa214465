//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, DefaultTimes};

/// The vendor's word for TLS, and ours.
pub(crate) const TLS: (&str, &str) = ("SSL", "TLS");
/// The protocols of probes as we write them.
pub(crate) const PROTOCOLS: &[&str] = &["HTTP", "HTTPS", "TCP", "TLS"];
/// The protocols whose probes have a path.
pub(crate) const REQUEST: &[&str] = &["HTTP", "HTTPS"];

pub(crate) const INTERVAL: CheckField =
    CheckField::new("Interval", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(5, 300)));
pub(crate) const TIMEOUT: CheckField =
    CheckField::new("Timeout", CheckSetting::TimeoutMs, CheckForm::Seconds(Bounds::between(2, 60)));
pub(crate) const HEALTHY: CheckField =
    CheckField::new("HealthyThreshold", CheckSetting::HealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));
pub(crate) const UNHEALTHY: CheckField =
    CheckField::new("UnhealthyThreshold", CheckSetting::UnhealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));

/// A probe cannot be given a name. The times are those of the [guide].
///
/// [guide]: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
pub(crate) static CHECK_PROFILE: CheckProfile =
    CheckProfile::EMPTY.without(&[CheckSetting::Host]).defaults(&[DefaultTimes::new(30, 5, 2)]).fields(&[
        (HEALTHY.name, HEALTHY.setting),
        (INTERVAL.name, INTERVAL.setting),
        ("Target", CheckSetting::Path),
        ("Target", CheckSetting::Port),
        ("Target", CheckSetting::Protocol),
        (TIMEOUT.name, TIMEOUT.setting),
        (UNHEALTHY.name, UNHEALTHY.setting),
    ]);
