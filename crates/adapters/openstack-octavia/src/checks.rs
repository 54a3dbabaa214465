//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{CheckField, CheckForm, CheckSetting, HttpCodes};
use lbhealth_octavia::Dialect;

/// The vendor gives no range.
const ANY_SECONDS: CheckForm = CheckForm::Seconds { least: 0, most: u32::MAX };

/// Of codes neither.
const ANY_CODES: CheckForm =
    CheckForm::Codes { http: HttpCodes::Numbers { least: 0, most: u16::MAX }, list: false, most: usize::MAX };

/// In what the product's health monitors are its own.
pub(crate) static DIALECT: Dialect = Dialect {
    protocols: &["HTTP", "HTTPS", "ICMP", "SCTP", "TCP", "TLS", "UDP"],
    spelled: &[("PING", "ICMP"), ("TLS-HELLO", "TLS"), ("UDP-CONNECT", "UDP")],
    methods: &["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"],
    host_default: None,
    delay: CheckField::new("delay", CheckSetting::IntervalMs, ANY_SECONDS),
    timeout: CheckField::new("timeout", CheckSetting::TimeoutMs, ANY_SECONDS),
    codes: CheckField::new("expected_codes", CheckSetting::Expected, ANY_CODES),
};
