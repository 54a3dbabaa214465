//! How lists grow of which most have one element or a few, and some a dozen.

/// Adds an element. The first makes room for a kilobyte of them, which allocators are quickest with; where that is not enough, there is room
/// for a dozen more at once, so that few lists are moved twice.
#[inline]
pub(crate) fn push<T>(list: &mut Vec<T>, element: T) {
    const DOZEN: usize = 16;
    if list.capacity() == 0 {
        *list = Vec::with_capacity((1024 / size_of::<T>().max(1)).clamp(1, DOZEN));
    } else if list.len() == list.capacity() && list.len() < DOZEN {
        list.reserve_exact(DOZEN);
    }
    list.push(element);
}
