//! The configuration of a health check in another vendor's words.

use std::borrow::Cow;
use std::net::IpAddr;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::health_checks::request::{Bounds, CheckField, CheckForm, CheckRequest, CheckSetting, HttpCodes};
use crate::model::schema_id::{Published, SchemaId};
use crate::{Adapter, CodeKind, CodeRange, HealthCheck, HostDefault, Pointer, StatusCodes, Warning, WarningCode};

/// A health check as the body of another vendor's request.
///
/// Nothing is changed on the way: a setting that the other vendor has not, or not with this value, is left out and stands in `lost`; one that
/// could not be read, or that a health check has no place for, stands in `unread`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Conversion {
    /// Says that this is a conversion of this major version.
    pub schema_id: SchemaId<Conversion>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'static, str>>,
    /// Id of the adapter whose vendor the request is for.
    pub to: Cow<'static, str>,
    /// The vendor's name of the operation whose request it is.
    pub operation: &'static str,
    /// Where the vendor documents it.
    pub documentation: &'static str,
    /// Id of the check that was converted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_id: Option<String>,
    /// The body of the request, in the vendor's own fields.
    pub body: Value,
    /// The settings of the check that are not in the body.
    pub lost: Vec<LostSetting>,
    /// What the payload says of the check and could not be read, or has no place in a health check, so that neither the body nor `lost` knows
    /// of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<UnreadSetting>,
    /// Fields of the request that the body has not, because the check does not tell: the vendor asks for them or takes a default.
    pub unset: Vec<UnsetField>,
}

impl Published for Conversion {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:conversion";
}

/// A setting of a check that could not be carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LostSetting {
    /// Name of the field in `HealthCheck`.
    pub field: &'static str,
    /// Its value there.
    pub value: String,
    /// Whether the check judges otherwise without it: names, labels, and ids of pools and resource groups do not matter to that.
    pub bears_on_health: bool,
    /// Why it could not be carried over, in English. The text may change at any time.
    pub why: String,
}

/// A setting of a payload that could not be read, or that a health check has no place for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnreadSetting {
    /// JSON Pointer to it in the payload.
    pub path: Pointer,
    /// The vendor's text, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why, in English. The text may change at any time.
    pub why: String,
}

/// A field of a request that the check does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnsetField {
    /// The vendor's name of the field.
    pub field: &'static str,
    /// Whether the request fails without it.
    pub required: bool,
    /// What the vendor takes where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'static str>,
}

/// The check as a request to the adapter's vendor; absent where the adapter does not say how its vendor writes checks. `warnings` are those
/// of the document that the check stands in: they tell which of its settings could not be read.
///
/// A blueprint becomes a blueprint and a check in force one in force, where the vendor has both.
pub fn convert(check: &HealthCheck<'_>, warnings: &[Warning<'_>], to: &dyn Adapter) -> Option<Conversion> {
    let requests = to.check_requests();
    let request = requests.iter().find(|request| request.template == check.template).or(requests.first())?;
    let mut conversion = Writer::new(check, request).conversion(to.id());
    conversion.unread = unread(check, warnings);
    Some(conversion)
}

/// The settings whose value can be a word that is not known.
const WORDS: &[CheckSetting] = &[CheckSetting::Protocol, CheckSetting::Method, CheckSetting::HttpVersion];

/// What the warnings say of settings that are not in the check. A word that is not known is still the setting's value.
fn unread(check: &HealthCheck<'_>, warnings: &[Warning<'_>]) -> Vec<UnreadSetting> {
    let kept: Vec<String> = WORDS.iter().filter_map(|setting| setting.of(check)).collect();
    let is_kept = |value: &str| kept.iter().any(|kept| kept.eq_ignore_ascii_case(value.trim()));
    let at = format!("{}/", check.evidence.path);
    let is_about_it = |warning: &&Warning<'_>| {
        let is_lost = match warning.code {
            WarningCode::SettingNotKept => true,
            WarningCode::UnrecognizedValue => !warning.value.as_deref().is_some_and(is_kept),
            code => code.is_about_unread(),
        };
        is_lost && warning.path.to_string().starts_with(&at)
    };
    let unread = warnings.iter().filter(is_about_it).map(|warning| UnreadSetting {
        path: warning.path.clone(),
        value: warning.value.as_deref().map(str::to_owned),
        why: warning.message.to_string(),
    });
    unread.collect()
}

/// What became of one setting.
enum Written {
    /// It stands in the body so.
    Value(Value),
    /// Leaving the field out says the same.
    LeftOut,
    /// The check does not tell.
    Unknown,
    /// It could not be carried over.
    Lost(String),
}

/// A request in the making.
struct Writer<'c> {
    check: &'c HealthCheck<'c>,
    request: &'static CheckRequest,
    settings: Map<String, Value>,
    lost: Vec<LostSetting>,
    unset: Vec<UnsetField>,
}

impl<'c> Writer<'c> {
    fn new(check: &'c HealthCheck<'c>, request: &'static CheckRequest) -> Self {
        Self { check, request, settings: Map::new(), lost: Vec::new(), unset: Vec::new() }
    }

    fn conversion(mut self, to: &'static str) -> Conversion {
        for setting in CheckSetting::ALL {
            match self.request.field(*setting) {
                Some(field) => self.write(field),
                None => self.lose(*setting, format!("`{}` has no field for it", self.request.operation)),
            }
        }
        let settings = Value::Object(self.settings);
        let body = match self.request.within {
            "" => settings,
            name => Value::Object(Map::from_iter([(name.to_owned(), settings)])),
        };
        Conversion {
            schema_id: SchemaId::new(),
            producer: None,
            to: to.into(),
            operation: self.request.operation,
            documentation: self.request.documentation,
            check_id: self.check.id.as_deref().map(str::to_owned),
            body,
            lost: self.lost,
            unread: Vec::new(),
            unset: self.unset,
        }
    }

    fn write(&mut self, field: &'static CheckField) {
        if let Err(why) = self.applies(field) {
            self.lose(field.setting, why);
            return;
        }
        match written(field, self.check) {
            Written::Value(value) => drop(self.settings.insert(field.name.to_owned(), value)),
            Written::LeftOut => {}
            Written::Unknown => self.unset(field),
            Written::Lost(why) => {
                let instead = field.default.map(|default| format!("; without it the vendor takes {default}")).unwrap_or_default();
                self.lose(field.setting, why + &instead);
                if field.required {
                    self.unset(field);
                }
            }
        }
    }

    /// Whether the vendor applies the field to the protocol of the check. Of a check that does not tell its protocol nothing is known.
    fn applies(&self, field: &CheckField) -> Result<(), String> {
        let (false, Some(protocol)) = (field.protocols.is_empty(), self.check.protocol.as_deref()) else { return Ok(()) };
        let carried = self.request.field(CheckSetting::Protocol).map(|field| written(field, self.check));
        match carried {
            Some(Written::Value(_)) if field.protocols.contains(&protocol) => Ok(()),
            Some(Written::Value(_)) => Err(format!("the vendor does not apply `{}` to {protocol} checks", field.name)),
            _ => Err(format!("`{}` means nothing without the protocol", field.name)),
        }
    }

    fn lose(&mut self, setting: CheckSetting, why: String) {
        if let Some(value) = setting.of(self.check) {
            self.lost.push(LostSetting { field: setting.as_str(), value, bears_on_health: setting.bears_on_health(), why });
        }
    }

    fn unset(&mut self, field: &CheckField) {
        if field.required || field.default.is_some() {
            self.unset.push(UnsetField { field: field.name, required: field.required, default: field.default });
        }
    }
}

/// The setting of the check in the form of the field.
fn written(field: &CheckField, check: &HealthCheck<'_>) -> Written {
    let text = field.setting.of(check);
    match field.form {
        CheckForm::Boolean => known(check.enabled.map(Value::Bool)),
        CheckForm::Codes { http, list, most } => {
            check.expected.as_ref().map_or(Written::Unknown, |codes| match parts(codes, http) {
                Ok(parts) if parts.len() > most => Written::Lost(format!("`{}` holds at most {most} codes and ranges", field.name)),
                Ok(parts) if list => Written::Value(parts.into()),
                Ok(parts) => Written::Value(parts.join(",").into()),
                Err(why) => Written::Lost(why),
            })
        }
        CheckForm::Count(bounds) => number(field.name, text.and_then(|text| text.parse().ok()), bounds, ""),
        CheckForm::Host { longest, backend_address, otherwise } => host(field, check, longest, backend_address, otherwise),
        CheckForm::Id => match text {
            Some(_) => Written::Lost("it names something of the account that the check was read from".to_owned()),
            None => Written::Unknown,
        },
        CheckForm::Labels { key, value } => {
            let of = |name: &str, text: &str| (name.to_owned(), Value::from(text));
            let label = |label: &crate::Label<'_>| Map::from_iter([of(key, &label.key), of(value, &label.value)]);
            let labels: Vec<Value> = check.labels.iter().map(|one| Value::Object(label(one))).collect();
            if labels.is_empty() { Written::Unknown } else { Written::Value(labels.into()) }
        }
        // An absent port is the backend's own.
        CheckForm::Port { own } => check.port.or(own).map_or(Written::LeftOut, |port| Written::Value(port.into())),
        CheckForm::Seconds(bounds) => match text.and_then(|text| text.parse::<u64>().ok()) {
            Some(time) if time % 1000 != 0 => Written::Lost(format!("`{}` holds whole seconds", field.name)),
            time => number(field.name, time.map(|time| time / 1000), bounds, " seconds"),
        },
        CheckForm::Text { start, shortest, longest } => match text {
            Some(text) if !text.starts_with(start) => Written::Lost(format!("`{}` begins with `{start}`", field.name)),
            Some(text) if !(shortest..=longest).contains(&text.chars().count()) => {
                Written::Lost(format!("`{}` has {shortest} to {longest} characters", field.name))
            }
            text => known(text.map(Value::from)),
        },
        CheckForm::Word(words) => {
            let Some(text) = text else { return Written::Unknown };
            if let Some((_, vendors)) = words.iter().find(|(ours, _)| *ours == text) {
                return Written::Value((*vendors).into());
            }
            let all: Vec<&str> = words.iter().map(|(_, vendors)| *vendors).collect();
            Written::Lost(format!("`{}` is one of {}", field.name, all.join(", ")))
        }
    }
}

fn known(value: Option<Value>) -> Written {
    value.map_or(Written::Unknown, Written::Value)
}

fn number(name: &str, value: Option<u64>, bounds: Bounds, unit: &str) -> Written {
    match value {
        Some(value) if !bounds.contains(value) => Written::Lost(format!("`{name}` is {bounds}{unit}")),
        value => known(value.map(Value::from)),
    }
}

fn host(
    field: &CheckField,
    check: &HealthCheck<'_>,
    longest: usize,
    backend_address: Option<&'static str>,
    otherwise: HostDefault,
) -> Written {
    match (check.host.as_deref(), check.host_default) {
        (Some(host), _) if host.chars().count() > longest => {
            Written::Lost(format!("`{}` has at most {longest} characters", field.name))
        }
        (Some(host), _) if backend_address.is_some() && host.parse::<IpAddr>().is_ok() => {
            Written::Lost(format!("`{}` takes an address for that of each server", field.name))
        }
        (Some(host), _) if !host.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-')) => {
            Written::Lost(format!("`{}` has letters, digits, `.` and `-` only", field.name))
        }
        (Some(host), _) => Written::Value(host.into()),
        (None, None) => Written::Unknown,
        (None, Some(HostDefault::BackendAddress)) if backend_address.is_some() => known(backend_address.map(Value::from)),
        (None, Some(default)) if default == otherwise => Written::LeftOut,
        (None, Some(_)) => Written::Lost(format!("`{}` has no word for it", field.name)),
    }
}

/// The codes as the vendor writes them.
fn parts(codes: &StatusCodes, http: HttpCodes) -> Result<Vec<String>, String> {
    let text = |range: &CodeRange| {
        if range.first == range.last { range.first.to_string() } else { format!("{}-{}", range.first, range.last) }
    };
    match (codes.kind, http) {
        (CodeKind::Grpc, _) => Ok(codes.ranges.iter().map(text).collect()),
        (CodeKind::Http, HttpCodes::Classes { first, last }) => {
            let classes: Vec<u16> = (first..=last).filter(|class| codes.contains_all(class * 100, class * 100 + 99)).collect();
            let is_one = |code: &u16| classes.contains(&(code / 100));
            if codes.ranges.iter().all(|range| (range.first..=range.last).all(|code| is_one(&code))) {
                Ok(classes.iter().map(|class| format!("http_{class}xx")).collect())
            } else {
                Err(format!("the vendor accepts whole classes only, from http_{first}xx to http_{last}xx"))
            }
        }
        (CodeKind::Http, HttpCodes::Numbers { least, most }) => {
            if codes.are_within(least, most) {
                Ok(codes.ranges.iter().map(text).collect())
            } else {
                Err(format!("the vendor accepts codes from {least} to {most}"))
            }
        }
        (CodeKind::Unrecognized, _) => Err("the kind of the codes is not known to this version".to_owned()),
    }
}
