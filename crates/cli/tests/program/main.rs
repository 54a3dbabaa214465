//! Transcripts of the program: what goes in, what comes out, where, and with which status.

mod answers;
#[cfg(feature = "columnar")]
mod columnar;
mod faults;
mod formats;
mod gate;
mod lint;
mod normalize;
mod packaging;
mod roll_up;
mod run;
mod stream;
#[cfg(target_os = "linux")]
mod terminal;
#[cfg(unix)]
mod transcripts;
