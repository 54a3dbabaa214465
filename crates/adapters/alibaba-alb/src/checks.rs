//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_alibaba::{CheckDialect, HTTP};
use lbhealth_core::{CheckField, CheckForm, CheckRequest, CheckSetting, HostDefault, HttpCodes};

/// The protocols whose probes have a path, a method and a status code.
const REQUEST: &[&str] = &["HTTP", "HTTPS", "GRPC"];

const UPDATE_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-updateservergroupattribute";
const CREATE_TEMPLATE_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-createhealthchecktemplate";

/// How a check is written: as that of a pool, and as a template.
pub(crate) static CHECK_REQUESTS: [CheckRequest; 2] = [
    CheckRequest::new("UpdateServerGroupAttribute", "HealthCheckConfig", &POOL_CHECK, UPDATE_PAGE),
    CheckRequest::new("CreateHealthCheckTemplate", "", &TEMPLATE, CREATE_TEMPLATE_PAGE).for_templates(),
];

const INTERVAL: CheckField = lbhealth_alibaba::INTERVAL.default("2");
const TIMEOUT: CheckField = lbhealth_alibaba::timeout("HealthCheckTimeout").default("5");
const HEALTHY: CheckField = lbhealth_alibaba::HEALTHY_THRESHOLD.default("3");
const UNHEALTHY: CheckField = lbhealth_alibaba::UNHEALTHY_THRESHOLD.default("3");
const PROTOCOL: CheckField = CheckField::new(
    "HealthCheckProtocol",
    CheckSetting::Protocol,
    CheckForm::Word(&[("HTTP", "HTTP"), ("HTTPS", "HTTPS"), ("TCP", "TCP"), ("GRPC", "gRPC")]),
)
.default("HTTP");
const PORT: CheckField = CheckField::new("HealthCheckConnectPort", CheckSetting::Port, CheckForm::Port { own: Some(0) });
const HOST: CheckField = CheckField::new(
    "HealthCheckHost",
    CheckSetting::Host,
    CheckForm::Host { longest: 80, backend_address: Some("$SERVER_IP"), otherwise: HostDefault::BackendAddress },
)
.only_for(HTTP)
.default("the server's own address");
/// In a pool, gRPC probes ask for a name too.
const POOL_HOST: CheckField = HOST.only_for(REQUEST);
const PATH: CheckField =
    CheckField::new("HealthCheckPath", CheckSetting::Path, CheckForm::Text { start: "/", shortest: 1, longest: 80 })
        .only_for(REQUEST);
const METHOD: CheckField = CheckField::new(
    "HealthCheckMethod",
    CheckSetting::Method,
    CheckForm::Word(&[("HEAD", "HEAD"), ("GET", "GET"), ("POST", "POST")]),
)
.only_for(REQUEST)
.default("HEAD, or POST for gRPC");
const HTTP_VERSION: CheckField = CheckField::new(
    "HealthCheckHttpVersion",
    CheckSetting::HttpVersion,
    CheckForm::Word(&[("1.0", "HTTP1.0"), ("1.1", "HTTP1.1")]),
)
.only_for(HTTP)
.default("HTTP1.1");
const CODES: CheckField = CheckField::new(
    "HealthCheckCodes",
    CheckSetting::Expected,
    CheckForm::Codes { http: HttpCodes::Classes { first: 2, last: 5 }, list: true, most: 20 },
)
.only_for(REQUEST)
.default("http_2xx, or 0 for gRPC");
/// The same as older clients of the vendor call it.
pub(crate) const OLDER_CODES: CheckField = CheckField::new("HealthCheckHttpCodes", CODES.setting, CODES.form);

static POOL_CHECK: [CheckField; 13] = [
    CheckField::new("ServerGroupId", CheckSetting::PoolIds, CheckForm::Id).required(),
    CheckField::new("HealthCheckEnabled", CheckSetting::Enabled, CheckForm::Boolean),
    INTERVAL,
    TIMEOUT,
    HEALTHY,
    UNHEALTHY,
    PROTOCOL,
    PORT,
    POOL_HOST,
    PATH,
    METHOD,
    HTTP_VERSION,
    CODES,
];

static TEMPLATE: [CheckField; 14] = [
    CheckField::new("HealthCheckTemplateName", CheckSetting::Name, CheckForm::Text { start: "", shortest: 2, longest: 128 })
        .required(),
    INTERVAL,
    TIMEOUT,
    HEALTHY,
    UNHEALTHY,
    PROTOCOL,
    PORT,
    HOST,
    PATH,
    METHOD,
    HTTP_VERSION,
    CODES,
    CheckField::new("ResourceGroupId", CheckSetting::ResourceGroupId, CheckForm::Id),
    CheckField::new("Tag", CheckSetting::Labels, CheckForm::Labels { key: "Key", value: "Value" }),
];

/// What the settings of a health check are called, and what they hold.
pub(crate) const CHECKS: CheckDialect = CheckDialect {
    protocol: PROTOCOL.name,
    protocols: &["HTTP", "HTTPS", "TCP", "GRPC"],
    request: CODES.protocols,
    host: HOST.name,
    named: HOST.protocols,
    path: PATH.name,
    method: METHOD.name,
    methods: &["HEAD", "GET", "POST"],
    http_version: HTTP_VERSION.name,
    codes: CODES,
    timeout: TIMEOUT,
    slow: &[],
};

/// How pools have them, whose gRPC probes ask for a name too.
pub(crate) const POOL_CHECKS: CheckDialect = CheckDialect { named: POOL_HOST.protocols, ..CHECKS };
