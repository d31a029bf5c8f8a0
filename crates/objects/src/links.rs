//! Links that follow from other links. Not what they lead to.

use model::Draft;

/// Fills `account` from the contact, or else from the opportunity. The object reads `contact.account`
/// and `opportunity.account`.
pub fn follow_account(draft: &mut Draft) {
    for path in ["contact.account", "opportunity.account"] {
        let account = draft.linked(path).clone();
        draft.fill("account", account);
    }
}
