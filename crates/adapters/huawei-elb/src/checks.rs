//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckRequest, CheckSetting, HostDefault, HttpCodes};
use lbhealth_octavia::{Dialect, HTTP, MAX_RETRIES, MAX_RETRIES_DOWN, REQUEST};

/// In what the product's health monitors are its own.
pub(crate) static DIALECT: Dialect = Dialect {
    protocols: PROTOCOLS,
    methods: &["GET", "HEAD", "POST"],
    host_default: Some(HostDefault::LoadBalancerAddress),
    delay: DELAY,
    timeout: TIMEOUT,
    codes: CODES,
};

const CREATE_MONITOR_PAGE: &str = "https://support.huaweicloud.com/api-elb/CreateHealthMonitor.html";

/// How a check is written.
pub(crate) static CHECK_REQUESTS: [CheckRequest; 1] =
    [CheckRequest::new("CreateHealthMonitor", "healthmonitor", &MONITOR, CREATE_MONITOR_PAGE)];

/// Our words and the vendor's.
const PROTOCOLS: &[(&str, &str)] = &[
    ("TCP", "TCP"),
    ("UDP", "UDP_CONNECT"),
    ("HTTP", "HTTP"),
    ("HTTPS", "HTTPS"),
    ("TLS", "TLS"),
    ("GRPC", "GRPC"),
    ("GRPCS", "GRPCS"),
];

const DELAY: CheckField = CheckField::new("delay", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::between(1, 50))).required();
/// The vendor's reference gives no range; its Terraform provider and the operator of the same product do.
const TIMEOUT: CheckField =
    CheckField::new("timeout", CheckSetting::TimeoutMs, CheckForm::Seconds(Bounds::between(1, 50))).required();
const CODES: CheckField = CheckField::new(
    "expected_codes",
    CheckSetting::Expected,
    CheckForm::Codes { http: HttpCodes::Numbers { least: 200, most: 599 }, list: false, most: 5 },
)
.only_for(REQUEST)
.default("200, or 0 for GRPC");

static MONITOR: [CheckField; 13] = [
    CheckField::new("admin_state_up", CheckSetting::Enabled, CheckForm::Boolean).default("true"),
    DELAY,
    TIMEOUT,
    MAX_RETRIES,
    MAX_RETRIES_DOWN,
    CheckField::new("type", CheckSetting::Protocol, CheckForm::Word(PROTOCOLS)).required(),
    CheckField::new("monitor_port", CheckSetting::Port, CheckForm::Port { own: None }),
    CheckField::new(
        "domain_name",
        CheckSetting::Host,
        CheckForm::Host { longest: 100, backend_address: None, otherwise: HostDefault::LoadBalancerAddress },
    )
    .only_for(HTTP)
    .default("the load balancer's address"),
    CheckField::new("url_path", CheckSetting::Path, CheckForm::Text { start: "/", shortest: 1, longest: usize::MAX })
        .only_for(HTTP)
        .default("/"),
    CheckField::new("http_method", CheckSetting::Method, CheckForm::Word(&[("GET", "GET"), ("HEAD", "HEAD"), ("POST", "POST")]))
        .only_for(HTTP)
        .default("GET"),
    CODES,
    CheckField::new("name", CheckSetting::Name, CheckForm::Text { start: "", shortest: 0, longest: usize::MAX }),
    CheckField::new("pool_id", CheckSetting::PoolIds, CheckForm::Id).required(),
];
