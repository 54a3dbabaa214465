//! Status codes that a check accepts, in every spelling the vendors use.

use serde::{Deserialize, Serialize};

use crate::model::word::words;

words! {
    /// The number space of status codes. The list is open: codes of a kind you do not know cannot be compared with those of another.
    open CodeKind {
        /// gRPC status codes, 0 to 99; 0 is success.
        Grpc,
        /// HTTP status codes, from 100.
        Http,
    }
}

/// A set of status codes: what a check expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StatusCodes {
    /// The number space of the codes.
    pub kind: CodeKind,
    /// The codes as inclusive ranges, in the vendor's order, not joined.
    pub ranges: Vec<CodeRange>,
    /// The ranges as text, such as `200-299,404`.
    pub text: String,
}

/// An inclusive range of status codes; a single code has `first` equal to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CodeRange {
    /// The lowest code of the range.
    pub first: u16,
    /// The highest code of the range.
    pub last: u16,
}

/// The text is not a set of status codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a set of {kind}status codes; write codes, ranges and classes such as 200-299,404 or http_2xx")]
pub struct StatusCodesError {
    text: Box<str>,
    kind: &'static str,
}

impl StatusCodes {
    /// Reads codes (`200`), ranges (`200-299`) and classes (`http_2xx`, `HTTP_2xx`, `2xx`) in any mixture, joined by commas.
    ///
    /// `protocol` is the check's protocol where it is known and decides the kind. Otherwise a class or a number from 100 is HTTP and
    /// numbers below 100 are gRPC.
    ///
    /// ```
    /// # use lbhealth_core::{CodeKind, StatusCodes};
    /// let codes = StatusCodes::parse("HTTP_2xx, 404", None)?;
    /// assert_eq!((codes.kind, codes.text.as_str()), (CodeKind::Http, "200-299,404"));
    /// assert!(codes.contains(204));
    /// # Ok::<(), lbhealth_core::StatusCodesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where a part cannot be read, a range runs backwards, or the codes are of different kinds or not of the protocol's.
    pub fn parse(text: &str, protocol: Option<&str>) -> Result<Self, StatusCodesError> {
        let known = protocol.and_then(kind_of_protocol);
        let error = || StatusCodesError {
            text: text.into(),
            kind: match known {
                Some(CodeKind::Grpc) => "gRPC ",
                Some(CodeKind::Http) => "HTTP ",
                _ => "",
            },
        };
        let mut kind = known;
        let mut ranges = Vec::new();
        for part in text.split(',') {
            let (range, own) = CodeRange::parse(part.trim()).ok_or_else(error)?;
            if *kind.get_or_insert(own) != own {
                return Err(error());
            }
            ranges.push(range);
        }
        Ok(Self { kind: kind.ok_or_else(error)?, text: canonical(&ranges), ranges })
    }

    /// Whether the code is one of the set.
    pub fn contains(&self, code: u16) -> bool {
        self.ranges.iter().any(|range| (range.first..=range.last).contains(&code))
    }

    /// Whether every code of the set is one from `first` to `last`.
    pub(crate) fn are_within(&self, first: u16, last: u16) -> bool {
        self.ranges.iter().all(|range| range.first >= first && range.last <= last)
    }

    /// Whether every code from `first` to `last` is one of the set.
    pub(crate) fn contains_all(&self, first: u16, last: u16) -> bool {
        (first..=last).all(|code| self.contains(code))
    }
}

impl CodeRange {
    /// A range and its kind, or nothing where the text is neither code nor range nor class.
    fn parse(part: &str) -> Option<(Self, CodeKind)> {
        if let Some(class) = class(part) {
            return Some((Self { first: class * 100, last: class * 100 + 99 }, CodeKind::Http));
        }
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let range = Self { first: number(first)?, last: number(last)? };
        match (range.first, range.last) {
            (first, last) if first > last => None,
            (_, ..=99) => Some((range, CodeKind::Grpc)),
            (100.., ..=999) => Some((range, CodeKind::Http)),
            _ => None,
        }
    }
}

/// Reads codes that a backend answered with: numbers joined by commas.
pub(crate) fn observed(text: &str) -> Option<Vec<u16>> {
    text.split(',').map(number).collect()
}

fn canonical(ranges: &[CodeRange]) -> String {
    let mut text = String::with_capacity(ranges.len() * 8);
    for CodeRange { first, last } in ranges {
        if !text.is_empty() {
            text.push(',');
        }
        let mut buffer = itoa::Buffer::new();
        text.push_str(buffer.format(*first));
        if first != last {
            text.push('-');
            text.push_str(buffer.format(*last));
        }
    }
    text
}

fn kind_of_protocol(protocol: &str) -> Option<CodeKind> {
    match protocol {
        "HTTP" | "HTTP2" | "HTTPS" => Some(CodeKind::Http),
        "GRPC" | "GRPCS" => Some(CodeKind::Grpc),
        _ => None,
    }
}

/// `2` of `2xx`, with or without `http_` before it, in any case.
fn class(part: &str) -> Option<u16> {
    let rest = part.split_at_checked(5).filter(|(prefix, _)| prefix.eq_ignore_ascii_case("http_")).map_or(part, |(_, rest)| rest);
    let (digits, _) = rest.split_at_checked(rest.len().checked_sub(2)?).filter(|(_, end)| end.eq_ignore_ascii_case("xx"))?;
    number(digits).filter(|class| (1..=5).contains(class))
}

/// A number of at most three digits; no sign, unlike `str::parse`.
fn number(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(codes: &str, protocol: Option<&str>) -> Option<(CodeKind, String)> {
        StatusCodes::parse(codes, protocol).ok().map(|codes| (codes.kind, codes.text))
    }

    #[test]
    fn every_spelling_of_the_vendors() {
        let http = |text: &str| Some((CodeKind::Http, text.to_owned()));
        let grpc = |text: &str| Some((CodeKind::Grpc, text.to_owned()));
        assert_eq!(text("HTTP_2xx,HTTP_3xx", None), http("200-299,300-399"));
        assert_eq!(text("http_2xx", Some("HTTP")), http("200-299"));
        assert_eq!(text("200-204,300-399", None), http("200-204,300-399"));
        assert_eq!(text("200, 301 ,404-500,504", None), http("200,301,404-500,504"));
        assert_eq!(text("0-5,10-12", None), grpc("0-5,10-12"));
        assert_eq!(text("0", Some("GRPC")), grpc("0"));
        assert_eq!(text("2XX", None), http("200-299"));
    }

    #[test]
    fn what_is_no_set_of_codes_is_refused() {
        for bad in ["", ",", "200,", "abc", "http_6xx", "299-200", "0,200", "50-150", "+200", "-1", "1000", "200-", "٢٠٠"] {
            assert_eq!(text(bad, None), None, "{bad}");
        }
        assert_eq!(text("0", Some("HTTP")), None);
        assert_eq!(text("200", Some("GRPC")), None);
        assert_eq!(text("200", Some("GRPCS")), None);
        assert_eq!(text("0", Some("HTTP2")), None);
        assert_eq!(text("http_2xx", Some("GRPC")), None);
    }

    #[test]
    fn the_error_says_what_was_read_and_what_to_write() {
        let error = StatusCodes::parse("200", Some("GRPC")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`200` is not a set of gRPC status codes; write codes, ranges and classes such as 200-299,404 or http_2xx"
        );
    }
}
