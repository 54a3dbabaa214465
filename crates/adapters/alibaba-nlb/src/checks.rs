//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_alibaba::CheckDialect;
use lbhealth_core::{CheckField, CheckForm, CheckSetting};

/// What the settings of a health check are called, and what they hold. HTTPS and GRPC are named by the vendor's diagnosis tool only.
pub(crate) const CHECKS: CheckDialect = CheckDialect {
    protocol: "HealthCheckType",
    protocols: &["TCP", "HTTP", "UDP", "HTTPS", "GRPC"],
    request: &["HTTP", "HTTPS", "GRPC"],
    host: "HealthCheckDomain",
    named: lbhealth_alibaba::HTTP,
    path: "HealthCheckUrl",
    method: "HttpCheckMethod",
    methods: &["GET", "HEAD"],
    http_version: "HealthCheckHttpVersion",
    codes: CheckField::new("HealthCheckHttpCode", CheckSetting::Expected, CheckForm::ANY_CODES),
    timeout: lbhealth_alibaba::timeout("HealthCheckConnectTimeout"),
    slow: &["UDP"],
};
