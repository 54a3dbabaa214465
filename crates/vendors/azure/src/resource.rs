//! Resources, and what their ids say of those above them.

use lbhealth_core::wire;
use lbhealth_core::wire::{Id, Referring, Text};

wire! {
    /// A reference to another resource.
    pub struct SubResource<'a> or PascalCase {
        /// Resource id.
        "id" id: Id<'a>,
    }
    unread {
        "name": "the last part of the id",
        "type": "a part of the id",
        "etag": "changes with the resource's settings",
        "properties": "all of the resource, where the caller asked for that",
        "resourceGroup": "a part of the id, which the command line adds",
    }
}

impl<'a> Referring<'a> for SubResource<'a> {
    fn take_id(&mut self) -> Option<Id<'a>> {
        self.id.take()
    }
}

/// The id of the resource of this type that an id lies in, or that it is: the load balancer of a pool, say. Ids do not heed case.
///
/// ```
/// let rule = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb/loadBalancingRules/web".into();
/// let found = lbhealth_azure::enclosing(&rule, "loadBalancers");
/// assert_eq!(found.as_deref(), Some("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb"));
/// ```
pub fn enclosing<'a>(id: &Text<'a>, kind: &str) -> Option<Text<'a>> {
    let mut end = 0;
    let mut is_next = false;
    for part in id.split('/') {
        end += part.len();
        if is_next {
            return match id {
                Text::Borrowed(id) => id.get(..end).map(Text::Borrowed),
                Text::Owned(id) => id.get(..end).map(|id| Text::Owned(id.to_owned())),
            }
            .filter(|_| !part.is_empty());
        }
        is_next = part.eq_ignore_ascii_case(kind);
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_above_is_found_in_any_case_and_form() {
        let found = |id: &str, kind: &str| enclosing(&Text::Owned(id.to_owned()), kind).map(Text::into_owned);
        assert_eq!(found("/a/1/VirtualMachines/3/nics/n", "virtualMachines").as_deref(), Some("/a/1/VirtualMachines/3"));
        assert_eq!(found("/a/1/virtualMachines/3", "virtualMachines").as_deref(), Some("/a/1/virtualMachines/3"));
        for other in ["", "/", "/a/1", "/virtualMachines", "/virtualMachines/", "virtualMachines//x"] {
            assert_eq!(found(other, "virtualMachines"), None, "{other}");
        }
        assert_eq!(enclosing(&Text::Borrowed("/a/ü/b/2"), "a").as_deref(), Some("/a/ü"));
    }
}
