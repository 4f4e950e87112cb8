//! What no policy can undo.

use std::borrow::Cow;

use crate::Refused;
use crate::question::Question;

/// Nothing sensitive is read without a purpose (charter 9).
pub(crate) const fn refuses(question: &Question) -> Option<Refused> {
    if question.action.is_sensitive() && question.asking.purpose.is_none() {
        return Some(Refused::NoPurpose { action: question.action });
    }
    None
}

/// The question as policies get to see it: to rights, keys and policies, glass is always whole, and to machines too.
pub(crate) fn put(question: &Question) -> Cow<'_, Question> {
    let person = matches!(question.who, crate::Who::Staff);
    if question.asking.glass && (question.action.administers() || !person) {
        return Cow::Owned(question.were(|asking| asking.glass = false));
    }
    Cow::Borrowed(question)
}
