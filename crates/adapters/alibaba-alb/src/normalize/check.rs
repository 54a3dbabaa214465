//! The configuration of a health check.

use lbhealth_alibaba::{CheckDialect, CheckSettings};
use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{HealthCheck, Label, Pointer, WarningCode, Warnings};

use crate::checks::OLDER_CODES;
use crate::wire::{HealthCheckConfig, Tag};

/// The configuration at this place.
pub(super) fn check<'a>(
    config: HealthCheckConfig<'a>,
    dialect: &CheckDialect,
    at: &Pointer,
    warnings: &mut Warnings<'a>,
) -> HealthCheck<'a> {
    warnings.unread(&config, at);
    // Checks by gRPC have other codes, and keep those of HTTP beside them.
    let is_grpc = config.protocol.as_deref().is_some_and(|protocol| wire::is_word(protocol, "gRPC"));
    // Clients of the vendor's write a list that is not set as an empty one.
    let is_unset = config.codes.as_ref().is_none_or(List::is_empty);
    let (codes, field) = match (config.codes, config.http_codes) {
        (_, Some(codes)) if is_unset && !is_grpc => (Some(codes), OLDER_CODES),
        (codes, _) => (codes, dialect.codes),
    };
    let settings = CheckSettings {
        enabled: config.enabled,
        port: config.port,
        protocol: config.protocol,
        host: config.host,
        path: config.path,
        method: config.method,
        http_version: config.http_version,
        code_list: codes,
        interval: config.interval,
        timeout: config.timeout,
        healthy_threshold: config.healthy_threshold,
        unhealthy_threshold: config.unhealthy_threshold,
        ..CheckSettings::default()
    };
    let mut check = settings.read(&CheckDialect { codes: field, ..*dialect }, at, warnings);
    check.id = config.id.map(Id::into_text);
    check.name = config.name.map(Id::into_text);
    let tags = config.tags.into_iter().flat_map(List::into_iter_indexed);
    check.labels = tags.filter_map(|(index, tag)| label(tag, at.join(&format!("Tags/{index}")), warnings)).collect();
    check.resource_group_id = config.resource_group_id.map(Id::into_text);
    check
}

fn label<'a>(tag: Tag<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> Option<Label<'a>> {
    warnings.unread(&tag, &at);
    let Some(key) = tag.key else {
        warnings.push(WarningCode::ElementSkipped, at, None, "a label without a name was left out");
        return None;
    };
    Some(Label::new(key.into_text(), tag.value.unwrap_or_default()))
}
