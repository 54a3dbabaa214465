//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_alibaba::CheckDialect;
use lbhealth_core::{CheckField, CheckForm, CheckSetting};

/// In place of a port: the server's own. Only older replies write it.
pub(crate) const SERVERS_OWN_PORT: &str = "-520";

/// What the settings of a health check are called, and what they hold, at HTTP and HTTPS listeners.
pub(crate) const WEB_CHECKS: CheckDialect = CheckDialect {
    protocol: "HealthCheckType",
    protocols: &["TCP", "HTTP", "UDP"],
    request: &["HTTP"],
    host: "HealthCheckDomain",
    named: lbhealth_alibaba::HTTP,
    path: "HealthCheckURI",
    method: "HealthCheckMethod",
    methods: &["HEAD", "GET"],
    // The vendor has no such setting.
    http_version: "",
    codes: CheckField::new("HealthCheckHttpCode", CheckSetting::Expected, CheckForm::ANY_CODES),
    timeout: lbhealth_alibaba::timeout("HealthCheckTimeout"),
    slow: &[],
};

/// The same at TCP and UDP listeners.
pub(crate) const TRANSPORT_CHECKS: CheckDialect =
    CheckDialect { timeout: lbhealth_alibaba::timeout("HealthCheckConnectTimeout"), ..WEB_CHECKS };
