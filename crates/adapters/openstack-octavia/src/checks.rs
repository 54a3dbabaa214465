//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{CheckField, CheckForm, CheckSetting};
use lbhealth_octavia::Dialect;

/// In what the product's health monitors are its own.
pub(crate) static DIALECT: Dialect = Dialect {
    protocols: &[
        ("HTTP", "HTTP"),
        ("HTTPS", "HTTPS"),
        ("ICMP", "PING"),
        ("SCTP", "SCTP"),
        ("TCP", "TCP"),
        ("TLS", "TLS-HELLO"),
        ("UDP", "UDP-CONNECT"),
    ],
    methods: &["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"],
    host_default: None,
    delay: CheckField::new("delay", CheckSetting::IntervalMs, CheckForm::ANY_SECONDS),
    timeout: CheckField::new("timeout", CheckSetting::TimeoutMs, CheckForm::ANY_SECONDS),
    codes: CheckField::new("expected_codes", CheckSetting::Expected, CheckForm::ANY_CODES),
};
