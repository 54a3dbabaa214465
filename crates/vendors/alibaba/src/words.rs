//! What vocabularies of products with server groups say alike: where a word is from, and what it means.

/// The repository of the vendor's client for Python, whose models have some words more than the pages.
pub const CLIENT: &str = "https://github.com/aliyun/alibabacloud-python-sdk";
/// The repository of the vendor's diagnosis tools, of which `alibabacloud-lb-healthcheck` has some words more.
pub const SKILL: &str = "https://github.com/aliyun/alibabacloud-aiops-skills";
/// The source of a word that no page has.
pub const NOT_FOUND: &str = "";

/// What the word for a failing server means in a pool whose check is off.
pub const STALE: &str = "The server fails its checks, while the pool says that its check is off: one of the two is stale.";
/// What the word for a normal server means in the list of all others.
pub const NORMAL: &str =
    "Normal servers are left out of the list by design, and no page has a word for them; a listed one is taken at its word.";
/// What the word for a check that is on means.
pub const CHECK_ON: &str = "The pool's health check is on.";
/// What the word for a check that is off means.
pub const CHECK_OFF: &str = "The pool's health check is off: its servers are not judged.";
