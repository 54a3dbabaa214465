//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckProfile, CheckSetting, DefaultTimes};

/// In place of a port: the target's own.
pub(crate) const TRAFFIC_PORT: &str = "traffic-port";
/// The version of HTTP under which probes are gRPC calls, and our protocol for them.
pub(crate) const GRPC: &str = "GRPC";
/// The same where the probe is encrypted, which it is where the vendor's protocol for it is.
pub(crate) const GRPCS: &str = "GRPCS";
pub(crate) const HTTPS: &str = "HTTPS";
/// The protocols of probes as the vendor writes them.
pub(crate) const CHECK_PROTOCOLS: &[&str] = &["HTTP", HTTPS, "TCP"];
/// The protocols of probes as we do.
pub(crate) const PROTOCOLS: &[&str] = &["HTTP", HTTPS, "TCP", GRPC, GRPCS];
/// The protocols whose probes have a path and a status code.
pub(crate) const REQUEST: &[&str] = &["HTTP", HTTPS, GRPC, GRPCS];

pub(crate) const HTTP_CODES: CheckField = CheckField::new("Matcher/HttpCode", CheckSetting::Expected, CheckForm::ANY_CODES);
pub(crate) const GRPC_CODES: CheckField = CheckField::new("Matcher/GrpcCode", CheckSetting::Expected, CheckForm::ANY_CODES);
pub(crate) const INTERVAL: CheckField =
    CheckField::new("HealthCheckIntervalSeconds", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(5, 300)));
pub(crate) const TIMEOUT: CheckField =
    CheckField::new("HealthCheckTimeoutSeconds", CheckSetting::TimeoutMs, CheckForm::Seconds(Bounds::between(2, 120)));
pub(crate) const HEALTHY: CheckField =
    CheckField::new("HealthyThresholdCount", CheckSetting::HealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));
pub(crate) const UNHEALTHY: CheckField =
    CheckField::new("UnhealthyThresholdCount", CheckSetting::UnhealthyThreshold, CheckForm::Count(Bounds::between(2, 10)));

/// A probe cannot be given a name. The times are those of the [reference] and of its older texts.
///
/// [reference]: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
pub(crate) static CHECK_PROFILE: CheckProfile = CheckProfile::EMPTY.without(&[CheckSetting::Host]).defaults(DEFAULTS).fields(&[
    (HEALTHY.name, HEALTHY.setting),
    (INTERVAL.name, INTERVAL.setting),
    ("HealthCheckPath", CheckSetting::Path),
    ("HealthCheckPort", CheckSetting::Port),
    (TIMEOUT.name, TIMEOUT.setting),
    (UNHEALTHY.name, UNHEALTHY.setting),
]);

const DEFAULTS: &[DefaultTimes] = &[
    // HTTP, today and as it was.
    DefaultTimes::new(30, 6, 2),
    DefaultTimes::new(30, 5, 2),
    // HTTPS, TCP and TLS.
    DefaultTimes::new(30, 10, 2),
    // GENEVE.
    DefaultTimes::new(10, 5, 2),
    // Functions.
    DefaultTimes::new(35, 30, 5),
];
