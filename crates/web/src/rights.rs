//! What the viewer may do with an account: a page offers nothing that would be refused.

use crate::{error::WebError, web::Visit};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId,
        policy::{Action, Decision, Relation, Viewer, decide},
    },
};
use luotsi_store::{Reader, people::policy};
use std::collections::HashMap;

#[derive(Clone, Copy, Debug)]
pub struct Rights {
    viewer: Viewer,
    relation: Relation,
}

impl Rights {
    pub fn may(&self, action: Action) -> bool {
        decide(&self.viewer, action, self.relation) == Decision::Allowed
    }
}

/// How the viewer and some others stand to the accounts of a page, asked once for all of them.
#[derive(Clone, Debug)]
pub struct Relations {
    viewer: Viewer,
    known: HashMap<(AccountId, PersonId), Relation>,
}

impl Relations {
    pub fn load(reader: &Reader<'_>, visit: &Visit<'_>, accounts: &[AccountId]) -> Result<Self, WebError> {
        let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
        let mut known = HashMap::new();
        policy::each_relation(reader, &viewer, visit.today, accounts, |account, person, relation| {
            known.insert((account, person), relation);
        })?;
        Ok(Self { viewer, known })
    }

    /// The viewer's.
    pub fn rights(&self, account: AccountId) -> Rights {
        let relation = self.of(account, self.viewer.person).unwrap_or(Relation::None);
        Rights { viewer: self.viewer, relation }
    }

    /// `None` of whom the database was not asked: who is neither the viewer nor in a team.
    pub fn of(&self, account: AccountId, person: PersonId) -> Option<Relation> {
        self.known.get(&(account, person)).copied()
    }
}
