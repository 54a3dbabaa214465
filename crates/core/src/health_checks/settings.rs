//! Reading the settings of a health check: what is the same for every vendor.

use std::borrow::Cow;

use crate::wire::{Id, List, Text, Value};
use crate::{CheckField, CheckForm, CodeKind, HealthCheck, HttpCodes, Pointer, StatusCodes, WarningCode, Warnings};

/// Reads the settings of one health check, of which only some mean anything for its protocol. What is odd becomes a warning.
#[derive(Debug)]
pub struct Settings<'a, 's> {
    at: Pointer,
    warnings: &'s mut Warnings<'a>,
    protocol: Option<&'static str>,
}

impl<'a, 's> Settings<'a, 's> {
    /// Settings at this place of the payload.
    pub fn new(at: Pointer, warnings: &'s mut Warnings<'a>) -> Self {
        Self { at, warnings, protocol: None }
    }

    /// Takes note of the protocol, in upper case, if it is one of those that are known.
    pub fn set_protocol(&mut self, protocol: Option<&str>, known: impl IntoIterator<Item = &'static str>) {
        self.protocol = known.into_iter().find(|word| Some(*word) == protocol);
    }

    /// Whether the protocol is known.
    pub fn has_protocol(&self) -> bool {
        self.protocol.is_some()
    }

    /// Whether the protocol is known and one of these.
    pub fn is_for(&self, protocols: &[&str]) -> bool {
        self.protocol.is_some_and(|protocol| protocols.contains(&protocol))
    }

    /// The protocol, if it is known and none of these.
    fn other_than(&self, protocols: &[&str]) -> Option<&'static str> {
        self.protocol.filter(|protocol| !protocols.contains(protocol))
    }

    /// The value, unless the protocol is known and the vendor does not apply the setting to it.
    pub fn applicable(&mut self, value: Text<'a>, protocols: &[&str], field: &str) -> Option<Text<'a>> {
        let Some(protocol) = self.other_than(protocols) else { return Some(value) };
        self.not_applicable(value, field, format!("`{field}` means nothing for a {protocol} check and was left out"));
        None
    }

    /// Warns of a setting that was left out, because the vendor does not apply it.
    pub fn not_applicable(&mut self, value: Text<'a>, field: &str, message: String) {
        self.warnings.push(WarningCode::FieldNotApplicable, self.at.join(field), Some(value), message);
    }

    /// Warns of a setting that is given and that a health check has no place for.
    pub fn not_kept(&mut self, value: Option<Text<'a>>, field: &str) {
        if let Some(value) = value {
            let message = format!("what `{field}` demands has no place in a health check and was left out");
            self.warnings.push(WarningCode::SettingNotKept, self.at.join(field), Some(value), message);
        }
    }

    /// The word in upper case; one that is not known is kept.
    pub fn known_word(&mut self, word: Id<'a>, known: &[&str], field: &str) -> Text<'a> {
        let upper = word.clone().into_upper();
        if !known.contains(&&*upper) {
            self.unrecognized(word.into_text(), &known.join(", "), field);
        }
        upper
    }

    /// Our word for the vendor's, of pairs of ours and its; one that is not known is kept, in upper case.
    pub fn our_word(&mut self, word: Id<'a>, known: &[(&'static str, &str)], field: &str) -> Text<'a> {
        if let Some((ours, _)) = known.iter().find(|(_, vendors)| word.eq_ignore_ascii_case(vendors)) {
            return (*ours).into();
        }
        let vendors: Vec<_> = known.iter().map(|(_, vendors)| *vendors).collect();
        self.unrecognized(word.clone().into_text(), &vendors.join(", "), field);
        word.into_upper()
    }

    /// The status codes of this field that the check accepts, with a warning where codes of HTTP are outside its range.
    pub fn codes(&mut self, codes: Text<'a>, protocol: Option<&str>, field: &CheckField) -> Option<StatusCodes> {
        let read = match StatusCodes::parse(&codes, protocol) {
            Ok(read) => read,
            Err(error) => {
                self.warnings.push(WarningCode::UnreadableStatusCodes, self.at.join(field.name), Some(codes), error.to_string());
                return None;
            }
        };
        if let CheckForm::Codes { http, .. } = field.form
            && read.kind == CodeKind::Http
        {
            let (least, most, documented) = match http {
                HttpCodes::Numbers { least, most } => (least, most, format!("{least} to {most}")),
                HttpCodes::Classes { first, last } => (first * 100, last * 100 + 99, format!("http_{first}xx to http_{last}xx")),
            };
            if !read.are_within(least, most) {
                let message = format!("`{}` is {} where the vendor documents {documented}; it is kept", field.name, read.text);
                self.warnings.push(WarningCode::ValueOutOfRange, self.at.join(field.name), Some(codes), message);
            }
        }
        Some(read)
    }

    /// Gives the check the status codes of this field, which mean something for these protocols, in the vendor's words and in ours.
    pub fn expect(&mut self, check: &mut HealthCheck<'a>, codes: Option<Text<'a>>, protocols: &[&str], field: &CheckField) {
        check.evidence.expected.clone_from(&codes);
        let codes = codes.and_then(|codes| self.applicable(codes, protocols, field.name));
        check.expected = codes.and_then(|codes| self.codes(codes, check.protocol.as_deref(), field));
    }

    /// The same of a list, of which one element can hold several. One that could be read in part gives no codes: the check accepts more.
    pub fn expect_list(
        &mut self,
        check: &mut HealthCheck<'a>,
        codes: Option<List<'a, Text<'a>>>,
        protocols: &[&str],
        field: &CheckField,
    ) {
        let is_part = codes.as_ref().is_some_and(|codes| codes.reading().has_lost_elements());
        let codes = codes.and_then(List::into_joined);
        if !is_part || self.other_than(protocols).is_some() {
            return self.expect(check, codes, protocols, field);
        }
        check.evidence.expected.clone_from(&codes);
        let message = "a part of the list could not be read, so that it is not known what the check accepts";
        self.warnings.push(WarningCode::UnreadableStatusCodes, self.at.join(field.name), codes, message);
    }

    /// The port that is probed, or nothing where the vendor's word says that it is the backend's own.
    pub fn port(&mut self, word: Id<'a>, backends_own: &str, field: &str) -> Option<u16> {
        if word.eq_ignore_ascii_case(backends_own) {
            return None;
        }
        let port = word.parse().ok().filter(|port| *port != 0);
        if port.is_none() {
            self.unrecognized(word.into_text(), &format!("a port, {backends_own}"), field);
        }
        port
    }

    /// The number of this field, with a warning where it is outside the range that the vendor documents.
    pub fn number(&mut self, value: u32, field: &CheckField) -> u32 {
        if let Some(bounds) = field.bounds().filter(|bounds| !bounds.contains(value.into())) {
            let message = format!("`{}` is {value} where the vendor documents {bounds}; it is kept", field.name);
            let value = Some(Cow::Owned(value.to_string()));
            self.warnings.push(WarningCode::ValueOutOfRange, self.at.join(field.name), value, message);
        }
        value
    }

    /// The time in milliseconds of this field, which is in seconds, with a warning where it is outside its range.
    pub fn duration(&mut self, seconds: u32, field: &CheckField) -> u64 {
        u64::from(self.number(seconds, field)) * 1000
    }

    /// Warns of a word that is not known.
    pub fn unrecognized(&mut self, value: Text<'a>, known: &str, field: &str) {
        let what = format!("is not among the words that this version knows here: {known}");
        self.warnings.unrecognized(self.at.join(field), value, &what);
    }

    /// The warnings, for what is not the same for every vendor.
    pub fn warnings(&mut self) -> &mut Warnings<'a> {
        self.warnings
    }
}
