//! What the viewer may do with an account: a page offers nothing that would be refused.

use crate::{error::WebError, web::Visit};
use luotsi_core::{
    account::AccountId,
    people::policy::{Action, Decision, Relation, Viewer, decide},
};
use luotsi_store::{Reader, people::policy};

#[derive(Clone, Copy, Debug)]
pub struct Rights {
    viewer: Viewer,
    relation: Relation,
}

impl Rights {
    pub fn of(reader: &Reader<'_>, visit: &Visit<'_>, account: AccountId) -> Result<Self, WebError> {
        let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
        let relation = policy::relation(reader, &viewer, account, visit.today)?;
        Ok(Self { viewer, relation: relation.unwrap_or(Relation::None) })
    }

    pub fn may(&self, action: Action) -> bool {
        decide(&self.viewer, action, self.relation) == Decision::Allowed
    }
}
