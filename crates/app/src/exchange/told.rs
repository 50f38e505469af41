//! The records that other programs tell, of any kind.

use crate::{
    act::{ActError, FieldError, Problem},
    import::{
        recordable::Recordable,
        records::{
            AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
            PersonRecord, ProductRecord, SalesRow, TargetRecord, TeamMemberRecord,
        },
    },
    rules::Rules,
};
use luotsi_core::units::Day;
use luotsi_store::{
    Query, Work,
    listing::{
        ABILITIES, ACCOUNT_TEAM, ACCOUNTS, ACTIVITIES, CONTACTS, ESTIMATES, Listed, OVERRIDES, PEOPLE,
        PRODUCTS, Resource, SALES, TARGETS,
    },
    recording::{Origin, Outcome, Refusal},
};

#[derive(Clone, Debug)]
pub enum Told {
    Account(AccountRecord),
    Contact(ContactRecord),
    TeamMember(TeamMemberRecord),
    Activity(ActivityRecord),
    Sale(Box<SalesRow>),
    Estimate(EstimateRecord),
    Ability(AbilityRecord),
    Target(TargetRecord),
    Override(OverrideRecord),
    Person(PersonRecord),
    Product(ProductRecord),
}

impl Told {
    /// Where it is read again.
    pub fn resource(&self) -> &'static Resource {
        match self {
            Self::Account(_) => &ACCOUNTS,
            Self::Contact(_) => &CONTACTS,
            Self::TeamMember(_) => &ACCOUNT_TEAM,
            Self::Activity(_) => &ACTIVITIES,
            Self::Sale(_) => &SALES,
            Self::Estimate(_) => &ESTIMATES,
            Self::Ability(_) => &ABILITIES,
            Self::Target(_) => &TARGETS,
            Self::Override(_) => &OVERRIDES,
            Self::Person(_) => &PEOPLE,
            Self::Product(_) => &PRODUCTS,
        }
    }

    /// The account it names, by an external id or ours.
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Contact(record) => Some(&record.account),
            Self::TeamMember(record) => Some(&record.account),
            Self::Activity(record) => Some(&record.account),
            Self::Sale(row) => Some(&row.record.account),
            Self::Estimate(record) => Some(&record.account),
            Self::Ability(record) => Some(&record.account),
            Self::Target(record) => Some(&record.account),
            Self::Override(record) => Some(&record.account),
            Self::Account(_) | Self::Person(_) | Self::Product(_) => None,
        }
    }

    /// The external id by which its source knows it.
    pub fn external_id(&self) -> Option<&str> {
        match self {
            Self::Account(record) => Some(&record.external_id),
            Self::Contact(record) => Some(&record.external_id),
            Self::Activity(record) => Some(&record.external_id),
            Self::Person(record) => Some(&record.external_id),
            Self::Product(record) => Some(&record.external_id),
            Self::TeamMember(_)
            | Self::Sale(_)
            | Self::Estimate(_)
            | Self::Ability(_)
            | Self::Target(_)
            | Self::Override(_) => None,
        }
    }

    pub(super) fn set_external_id(&mut self, id: String) {
        match self {
            Self::Account(record) => record.external_id = id,
            Self::Contact(record) => record.external_id = id,
            Self::Activity(record) => record.external_id = id,
            Self::Person(record) => record.external_id = id,
            Self::Product(record) => record.external_id = id,
            Self::TeamMember(_)
            | Self::Sale(_)
            | Self::Estimate(_)
            | Self::Ability(_)
            | Self::Target(_)
            | Self::Override(_) => (),
        }
    }

    /// What is wrong with the record itself, as far as it is told; what has one way of writing is written so.
    pub(super) fn proofread(&mut self, today: Day, tells: impl Fn(&str) -> bool) -> Vec<FieldError> {
        match self {
            Self::Account(record) => wrong(record, today, tells),
            Self::Contact(record) => wrong(record, today, tells),
            Self::TeamMember(record) => wrong(record, today, tells),
            Self::Activity(record) => wrong(record, today, tells),
            Self::Sale(row) => wrong(row.as_mut(), today, tells),
            Self::Estimate(record) => wrong(record, today, tells),
            Self::Ability(record) => wrong(record, today, tells),
            Self::Target(record) => wrong(record, today, tells),
            Self::Override(record) => wrong(record, today, tells),
            Self::Person(record) => wrong(record, today, tells),
            Self::Product(record) => wrong(record, today, tells),
        }
    }

    /// What would refuse the record if it were taken in.
    pub(super) fn refusal(&self, work: &Work<'_>, origin: &Origin) -> Result<Option<FieldError>, ActError> {
        match self {
            Self::Account(record) => refusal(work, origin, record),
            Self::Contact(record) => refusal(work, origin, record),
            Self::TeamMember(record) => refusal(work, origin, record),
            Self::Activity(record) => refusal(work, origin, record),
            Self::Sale(row) => refusal(work, origin, row.as_ref()),
            Self::Estimate(record) => refusal(work, origin, record),
            Self::Ability(record) => refusal(work, origin, record),
            Self::Target(record) => refusal(work, origin, record),
            Self::Override(record) => refusal(work, origin, record),
            Self::Person(record) => refusal(work, origin, record),
            Self::Product(record) => refusal(work, origin, record),
        }
    }

    /// Takes the record in as an import does; all that can be refused is refused before anything is written.
    pub(super) fn take_in(&self, work: &mut Work<'_>, origin: &Origin) -> Result<TakenIn, ActError> {
        match self {
            Self::Account(record) => take_in(work, origin, record),
            Self::Contact(record) => take_in(work, origin, record),
            Self::TeamMember(record) => take_in(work, origin, record),
            Self::Activity(record) => take_in(work, origin, record),
            Self::Sale(row) => take_in(work, origin, row.as_ref()),
            Self::Estimate(record) => take_in(work, origin, record),
            Self::Ability(record) => take_in(work, origin, record),
            Self::Target(record) => take_in(work, origin, record),
            Self::Override(record) => take_in(work, origin, record),
            Self::Person(record) => take_in(work, origin, record),
            Self::Product(record) => take_in(work, origin, record),
        }
    }
}

fn wrong(record: &mut impl Rules, today: Day, tells: impl Fn(&str) -> bool) -> Vec<FieldError> {
    let mut wrong = record.faults(today);
    // What came from elsewhere and stays is not for whoever tells something else to put right.
    wrong.extend(record.proofread(today).into_iter().filter(|error| tells(error.field)));
    wrong
}

/// What became of a record, and its row where that is known.
pub(super) type TakenIn = (Outcome, Option<Listed>);

fn take_in<R: Recordable>(work: &mut Work<'_>, origin: &Origin, record: &R) -> Result<TakenIn, ActError> {
    let plan = R::plan(work, origin, std::slice::from_ref(record))?;
    let outcome = R::outcomes(&plan).first().cloned().unwrap_or(Outcome::Unchanged);
    match refused(&outcome) {
        Some(refused) => Err(ActError::Invalid(vec![refused])),
        None => {
            R::save(work, origin, &plan)?;
            Ok((outcome, R::made_row(&plan, origin)))
        }
    }
}

fn refusal<R: Recordable>(
    query: &impl Query,
    origin: &Origin,
    record: &R,
) -> Result<Option<FieldError>, ActError> {
    let plan = R::plan(query, origin, std::slice::from_ref(record))?;
    Ok(R::outcomes(&plan).first().and_then(refused))
}

fn refused(outcome: &Outcome) -> Option<FieldError> {
    let (field, problem) = match outcome {
        Outcome::Refused { column, why } => match why {
            Refusal::Unknown { .. } | Refusal::UnknownGroup(_) | Refusal::Ambiguous { .. } => {
                (*column, Problem::Unknown)
            }
            Refusal::Circle { .. } => (*column, Problem::Circle),
        },
        // Nothing comes later that it could wait for.
        Outcome::Waiting { column, .. } => (*column, Problem::Unknown),
        Outcome::Created | Outcome::Updated | Outcome::Unchanged => return None,
    };
    Some(FieldError { field, problem })
}
