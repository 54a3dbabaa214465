//! Points in time.

use std::fmt::{self, Display};
use std::str::FromStr;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A point in time to the millisecond, in UTC. Text: RFC 3339 with three decimals and `Z`, such as `2026-03-01T09:30:00.000Z`.
///
/// That of a reply that was asked for just now:
///
/// ```
/// use std::time::SystemTime;
///
/// use lbhealth_core::{Context, Timestamp};
///
/// let mut context = Context::default();
/// context.observed_at = Some(Timestamp::try_from(SystemTime::now())?);
/// # Ok::<(), lbhealth_core::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// The text is not a time with an offset, or the time is beyond the years -9999 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TimestampError(String);

impl Timestamp {
    /// The time that many milliseconds after 1970-01-01T00:00:00Z; `None` beyond the years -9999 to 9999.
    pub fn from_millisecond(millisecond: i64) -> Option<Self> {
        jiff::Timestamp::from_millisecond(millisecond).ok().map(Self)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_millisecond(self) -> i64 {
        self.0.as_millisecond()
    }
}

impl Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.3}", self.0)
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339 with `Z` or any offset; finer fractions than milliseconds are cut off.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let exact = text.trim().parse::<jiff::Timestamp>().and_then(cut);
        exact.map(Self).map_err(|error| TimestampError(format!("{error}; write a time such as 2026-03-01T09:30:00Z")))
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    /// The time of a clock; finer fractions than milliseconds are cut off.
    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        let exact = jiff::Timestamp::try_from(time).and_then(cut);
        exact.map(Self).map_err(|_| TimestampError("the time is beyond the years -9999 to 9999".to_owned()))
    }
}

/// The same to the millisecond.
fn cut(exact: jiff::Timestamp) -> Result<jiff::Timestamp, jiff::Error> {
    jiff::Timestamp::from_millisecond(exact.as_millisecond())
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn text_is_utc_with_three_decimals() {
        let time: Timestamp = "2026-03-01T10:30:00.1239+01:00".parse().unwrap();
        assert_eq!(time.to_string(), "2026-03-01T09:30:00.123Z");
        assert_eq!(Timestamp::from_millisecond(time.as_millisecond()), Some(time));
    }

    #[test]
    fn a_time_without_an_offset_is_refused_with_an_example() {
        let error = "2026-03-01T10:30:00".parse::<Timestamp>().unwrap_err();
        assert!(error.to_string().ends_with("; write a time such as 2026-03-01T09:30:00Z"), "{error}");
    }

    #[test]
    fn the_time_of_a_clock_is_taken_to_the_millisecond() {
        let time = |nanoseconds| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds);
        let of = |nanoseconds| Timestamp::try_from(time(nanoseconds)).unwrap().to_string();
        assert_eq!(of(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(of(1_772_357_400_123_999_999), "2026-03-01T09:30:00.123Z");
        let error = Timestamp::try_from(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 38)).unwrap_err();
        assert_eq!(error.to_string(), "the time is beyond the years -9999 to 9999");
    }
}
