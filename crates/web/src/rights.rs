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
    owners: HashMap<AccountId, PersonId>,
}

impl Relations {
    pub fn load(reader: &Reader<'_>, visit: &Visit<'_>, accounts: &[AccountId]) -> Result<Self, WebError> {
        let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
        let (mut known, mut owners) = (HashMap::new(), HashMap::new());
        policy::each_relation(reader, &viewer, visit.today, accounts, |account, person, relation| {
            known.insert((account, person), relation);
            if relation == Relation::Owner {
                owners.insert(account, person);
            }
        })?;
        Ok(Self { viewer, known, owners })
    }

    /// The viewer's.
    pub fn rights(&self, account: AccountId) -> Rights {
        let relation = self.of(account, self.viewer.person).unwrap_or(Relation::None);
        Rights { viewer: self.viewer, relation }
    }

    pub fn owner(&self, account: AccountId) -> Option<PersonId> {
        self.owners.get(&account).copied()
    }

    /// `None` of whom the database was not asked: neither the viewer nor the owner, and not in a team.
    pub fn of(&self, account: AccountId, person: PersonId) -> Option<Relation> {
        self.known.get(&(account, person)).copied()
    }
}
