#![doc = include_str!("../README.md")]

mod checks;
mod normalize;
mod operations;
mod vocabulary;
mod wire;

use lbhealth_core::{Adapter, CheckProfile, ErrorReplies, Operation, Vocabulary};

/// Reads replies of Azure Load Balancer, API version 2026-03-01.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AzureLoadBalancer;

impl AzureLoadBalancer {
    /// The adapter.
    pub const fn new() -> Self {
        Self
    }
}

impl Adapter for AzureLoadBalancer {
    fn id(&self) -> &'static str {
        ID
    }

    fn vendor(&self) -> &'static str {
        "Microsoft Azure"
    }

    fn product(&self) -> &'static str {
        "Load Balancer"
    }

    fn operations(&self) -> &'static [Operation] {
        &operations::OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &vocabulary::VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &lbhealth_azure::ERROR_REPLIES
    }

    fn check_profile(&self) -> &'static CheckProfile {
        &checks::CHECK_PROFILE
    }
}

const ID: &str = "azure-load-balancer";
