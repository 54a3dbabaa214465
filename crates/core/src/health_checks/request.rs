//! How a vendor writes the configuration of a health check: fields, ranges and words, as data.

use std::fmt;

use strum::{IntoStaticStr, VariantArray};

use crate::{HealthCheck, HostDefault};

/// A call that configures a health check, and what its body looks like.
///
/// It drives the conversion of checks ([`convert`](crate::convert)), and its ranges are those that readers warn of and
/// [`lint`](crate::lint) reports.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CheckRequest {
    /// The vendor's name of the operation.
    pub operation: &'static str,
    /// Whether it makes a blueprint, as against a check that is in force.
    pub template: bool,
    /// The field of the body that holds the settings; empty: the body itself does.
    pub within: &'static str,
    /// The settings that the vendor has.
    pub fields: &'static [CheckField],
    /// Where the vendor documents it.
    pub documentation: &'static str,
}

impl CheckRequest {
    /// A call that puts a check into force.
    pub const fn new(
        operation: &'static str,
        within: &'static str,
        fields: &'static [CheckField],
        documentation: &'static str,
    ) -> Self {
        Self { operation, template: false, within, fields, documentation }
    }

    /// The same for a call that makes a blueprint.
    #[must_use]
    pub const fn for_templates(mut self) -> Self {
        self.template = true;
        self
    }

    /// The vendor's field for a setting.
    pub fn field(&self, setting: CheckSetting) -> Option<&'static CheckField> {
        self.fields.iter().find(|field| field.setting == setting)
    }
}

/// A setting of [`HealthCheck`]. Its text is the name of the field there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum CheckSetting {
    /// Whether the check runs.
    Enabled,
    /// The status codes that count as passed.
    Expected,
    /// Passed probes in a row.
    HealthyThreshold,
    /// Name that the probe asks for, or what it asks for instead.
    Host,
    /// HTTP version of the probe.
    HttpVersion,
    /// Time between probes.
    IntervalMs,
    /// Labels of users.
    Labels,
    /// Method of the probe.
    Method,
    /// Name of the configuration.
    Name,
    /// Path of the probe.
    Path,
    /// The pools that are checked.
    PoolIds,
    /// Port that is probed.
    Port,
    /// Protocol of the probe.
    Protocol,
    /// The resource group.
    ResourceGroupId,
    /// Time that a probe has.
    TimeoutMs,
    /// Failed probes in a row.
    UnhealthyThreshold,
}

impl CheckSetting {
    /// All settings.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// Name of the field of [`HealthCheck`].
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether a check judges otherwise without it.
    pub(crate) const fn bears_on_health(self) -> bool {
        !matches!(self, Self::Labels | Self::Name | Self::PoolIds | Self::ResourceGroupId)
    }

    /// The setting of this check as text; absent where the check does not tell.
    pub fn of(self, check: &HealthCheck<'_>) -> Option<String> {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let list = |parts: Vec<String>| Some(parts.join(",")).filter(|text| !text.is_empty());
        match self {
            Self::Enabled => check.enabled.map(|enabled| enabled.to_string()),
            Self::Expected => check.expected.as_ref().map(|codes| codes.text.clone()),
            Self::HealthyThreshold => check.healthy_threshold.map(|count| count.to_string()),
            Self::Host => text(check.host.as_deref()).or_else(|| check.host_default.map(|default| default.to_string())),
            Self::HttpVersion => text(check.http_version.as_deref()),
            Self::IntervalMs => check.interval_ms.map(|time| time.to_string()),
            Self::Labels => list(check.labels.iter().map(|label| format!("{}={}", label.key, label.value)).collect()),
            Self::Method => text(check.method.as_deref()),
            Self::Name => text(check.name.as_deref()),
            Self::Path => text(check.path.as_deref()),
            Self::PoolIds => list(check.pool_ids.iter().map(ToString::to_string).collect()),
            Self::Port => check.port.map(|port| port.to_string()),
            Self::Protocol => text(check.protocol.as_deref()),
            Self::ResourceGroupId => text(check.resource_group_id.as_deref()),
            Self::TimeoutMs => check.timeout_ms.map(|time| time.to_string()),
            Self::UnhealthyThreshold => check.unhealthy_threshold.map(|count| count.to_string()),
        }
    }
}

/// A field of a vendor's configuration of a check.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CheckField {
    /// The vendor's name of it.
    pub name: &'static str,
    /// The setting that it holds.
    pub setting: CheckSetting,
    /// How the vendor writes the setting.
    pub form: CheckForm,
    /// The protocols, in upper case, to which the vendor applies it; empty: all.
    pub protocols: &'static [&'static str],
    /// Whether the call fails without it.
    pub required: bool,
    /// What the vendor takes where it is left out.
    pub default: Option<&'static str>,
}

impl CheckField {
    /// A field for all protocols that may be left out.
    pub const fn new(name: &'static str, setting: CheckSetting, form: CheckForm) -> Self {
        Self { name, setting, form, protocols: &[], required: false, default: None }
    }

    /// The same for these protocols only.
    #[must_use]
    pub const fn only_for(mut self, protocols: &'static [&'static str]) -> Self {
        self.protocols = protocols;
        self
    }

    /// The same, without which the call fails.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, with what the vendor takes where it is left out.
    #[must_use]
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// The values that the vendor documents, in its unit, of a field that holds a number.
    pub const fn bounds(&self) -> Option<Bounds> {
        match self.form {
            CheckForm::Count(bounds) | CheckForm::Seconds(bounds) => Some(bounds),
            _ => None,
        }
    }
}

/// How a vendor writes a setting. Ranges are inclusive.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum CheckForm {
    /// True or false.
    Boolean,
    /// Status codes.
    Codes {
        /// How HTTP codes are written.
        http: HttpCodes,
        /// Whether they are a list of texts, as against one text.
        list: bool,
        /// How many codes, classes and ranges there may be.
        most: usize,
    },
    /// A number within these bounds.
    Count(Bounds),
    /// A name to ask for.
    Host {
        /// The longest, in characters.
        longest: usize,
        /// The word for the backend's own address.
        backend_address: Option<&'static str>,
        /// What is asked for where there is no name.
        otherwise: HostDefault,
    },
    /// An id of the vendor's own, which no other vendor's check can give.
    Id,
    /// A list of objects with a name and a value.
    Labels {
        /// The field of the name.
        key: &'static str,
        /// The field of the value.
        value: &'static str,
    },
    /// A port.
    Port {
        /// The word for the backend's own port; without one the field is left out.
        own: Option<u16>,
    },
    /// A time in whole seconds within these bounds.
    Seconds(Bounds),
    /// Text.
    Text {
        /// How it begins.
        start: &'static str,
        /// The shortest, in characters.
        shortest: usize,
        /// The longest, in characters.
        longest: usize,
    },
    /// One of a list of words: ours, and the vendor's for it.
    Word(&'static [(&'static str, &'static str)]),
}

impl CheckForm {
    /// Status codes of which the vendor gives no range.
    pub const ANY_CODES: Self =
        Self::Codes { http: HttpCodes::Numbers { least: 0, most: u16::MAX }, list: false, most: usize::MAX };
    /// A time in whole seconds of which the vendor gives no range.
    pub const ANY_SECONDS: Self = Self::Seconds(Bounds::at_least(0));
}

/// The least and the greatest value that a vendor documents for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    least: u32,
    most: Option<u32>,
}

impl Bounds {
    /// From the least to the greatest, both of which may be.
    pub const fn between(least: u32, most: u32) -> Self {
        Self { least, most: Some(most) }
    }

    /// From the least on; the vendor names no greatest.
    pub const fn at_least(least: u32) -> Self {
        Self { least, most: None }
    }

    /// Whether the vendor documents this value.
    pub fn contains(self, value: u64) -> bool {
        value >= u64::from(self.least) && self.most.is_none_or(|most| value <= u64::from(most))
    }
}

/// As in a sentence: `5 to 300`, or `at least 5`.
impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.most {
            Some(most) => write!(f, "{} to {most}", self.least),
            None => write!(f, "at least {}", self.least),
        }
    }
}

/// How a vendor writes HTTP status codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpCodes {
    /// Classes of a hundred only, such as `http_2xx`.
    Classes {
        /// The first class, such as 2.
        first: u16,
        /// The last class.
        last: u16,
    },
    /// Codes and ranges.
    Numbers {
        /// The least code.
        least: u16,
        /// The greatest code.
        most: u16,
    },
}
