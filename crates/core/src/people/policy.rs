//! Who may do what: one pure policy, denied unless it says yes. Reading is open to everybody in the company; changes
//! follow responsibility.

use super::{PersonId, Role};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    ReadAccount,
    CreateAccount,
    /// Its facts: name, address, industry, parent.
    EditAccount,
    EditContacts,
    LogActivity,
    AnswerProposal,
    /// The yearly need, by product group or in all, and our ability to create value.
    Estimate,
    SetTarget,
    SetOverride,
    ChangeOwner,
    EditTeam,
    /// What single sales lines and hours cost us.
    ReadCosts,
    /// Rows in a file.
    ExportData,
    /// Who answers for a person who is away; about a person.
    AppointSubstitute,
    EditStrategy,
    /// Passwords, sessions and tokens; about a person.
    ManageAccess,
    ManagePeople,
    ManageCompany,
}

/// How a person stands to an account, or to another person: the closest that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Owns the account; is the person.
    Owner,
    /// In the account's team today, asked by an open proposal to do something for it, or standing in for its owner.
    AccountTeam,
    /// Leads the owner or shares a team with them. What nobody active owns is near every leader.
    Team,
    None,
}

/// How far a right reaches. Each reaches at least as far as the one before it, so several roles add up to the widest
/// and limits to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Nothing,
    Own,
    AccountTeam,
    Team,
    All,
}

/// A person as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allowed,
    Refused(Refusal),
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The person does not work here, or does not any more.
    NotActive,
    /// The token is for reading only.
    ReadOnly,
    /// Nobody of this role may.
    NotOfThisRole,
    /// People of this role may, but those who answer for it.
    NotYours,
    /// The person may, at a page: a token must not make what outlives it.
    NotInPerson,
}

impl Refusal {
    pub fn name(self) -> &'static str {
        match self {
            Self::NotActive => "not_active",
            Self::ReadOnly => "read_only",
            Self::NotOfThisRole => "not_of_this_role",
            Self::NotYours => "not_yours",
            Self::NotInPerson => "not_in_person",
        }
    }
}

impl Scope {
    pub fn reaches(self, relation: Relation) -> bool {
        match self {
            Self::Nothing => false,
            Self::Own => relation <= Relation::Owner,
            Self::AccountTeam => relation <= Relation::AccountTeam,
            Self::Team => relation <= Relation::Team,
            Self::All => true,
        }
    }
}

impl Action {
    pub const ALL: [Self; 18] = [
        Self::ReadAccount,
        Self::CreateAccount,
        Self::EditAccount,
        Self::EditContacts,
        Self::LogActivity,
        Self::AnswerProposal,
        Self::Estimate,
        Self::SetTarget,
        Self::SetOverride,
        Self::ChangeOwner,
        Self::EditTeam,
        Self::ReadCosts,
        Self::ExportData,
        Self::AppointSubstitute,
        Self::EditStrategy,
        Self::ManageAccess,
        Self::ManagePeople,
        Self::ManageCompany,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::ReadAccount => "read_account",
            Self::CreateAccount => "create_account",
            Self::EditAccount => "edit_account",
            Self::EditContacts => "edit_contacts",
            Self::LogActivity => "log_activity",
            Self::AnswerProposal => "answer_proposal",
            Self::Estimate => "estimate",
            Self::SetTarget => "set_target",
            Self::SetOverride => "set_override",
            Self::ChangeOwner => "change_owner",
            Self::EditTeam => "edit_team",
            Self::ReadCosts => "read_costs",
            Self::ExportData => "export_data",
            Self::AppointSubstitute => "appoint_substitute",
            Self::EditStrategy => "edit_strategy",
            Self::ManageAccess => "manage_access",
            Self::ManagePeople => "manage_people",
            Self::ManageCompany => "manage_company",
        }
    }

    /// It leaves everything as it is, so that a token for reading may do it.
    pub fn is_reading(self) -> bool {
        match self {
            Self::ReadAccount | Self::ReadCosts | Self::ExportData => true,
            Self::CreateAccount
            | Self::EditAccount
            | Self::EditContacts
            | Self::LogActivity
            | Self::AnswerProposal
            | Self::Estimate
            | Self::SetTarget
            | Self::SetOverride
            | Self::ChangeOwner
            | Self::EditTeam
            | Self::AppointSubstitute
            | Self::EditStrategy
            | Self::ManageAccess
            | Self::ManagePeople
            | Self::ManageCompany => false,
        }
    }
}

/// Whether `viewer` may, standing so to what it is about. What is about the whole company is `Relation::None`.
pub fn decide(viewer: &Viewer, action: Action, relation: Relation) -> Decision {
    match scope(viewer.role, action) {
        Scope::Nothing => Decision::Refused(Refusal::NotOfThisRole),
        scope if scope.reaches(relation) => Decision::Allowed,
        Scope::Own | Scope::AccountTeam | Scope::Team | Scope::All => Decision::Refused(Refusal::NotYours),
    }
}

/// How far the role's right to the action reaches.
pub fn scope(role: Role, action: Action) -> Scope {
    match action {
        // The decks: hoarding of information is a cause of failure.
        Action::ReadAccount | Action::CreateAccount => Scope::All,
        Action::EditAccount
        | Action::AnswerProposal
        | Action::Estimate
        | Action::SetTarget
        | Action::SetOverride => care(role),
        Action::EditContacts | Action::LogActivity => contact(role),
        Action::ChangeOwner | Action::EditTeam | Action::AppointSubstitute => hand_over(role),
        Action::ReadCosts => costs(role),
        Action::ExportData => export(role),
        Action::EditStrategy => strategy(role),
        Action::ManageAccess => house(role).max(Scope::Own),
        Action::ManagePeople | Action::ManageCompany => house(role),
    }
}

/// What those do who answer for an account.
fn care(role: Role) -> Scope {
    match role {
        Role::Seller | Role::Kam | Role::InsideSales | Role::Marketing | Role::Service => Scope::AccountTeam,
        Role::Manager | Role::Management => Scope::Team,
        Role::ProcessOwner | Role::Admin => Scope::All,
    }
}

/// Customers call those who serve everybody, whoever answers for them.
fn contact(role: Role) -> Scope {
    match role {
        Role::InsideSales | Role::Marketing | Role::Service => Scope::All,
        Role::Seller | Role::Kam | Role::Manager | Role::Management | Role::ProcessOwner | Role::Admin => {
            care(role)
        }
    }
}

/// One can give away what is one's own; an account team does not choose its owner.
fn hand_over(role: Role) -> Scope {
    match role {
        Role::Seller | Role::Kam | Role::InsideSales | Role::Marketing | Role::Service => Scope::Own,
        Role::Manager | Role::Management | Role::ProcessOwner | Role::Admin => care(role),
    }
}

fn costs(role: Role) -> Scope {
    match role {
        Role::Seller | Role::InsideSales | Role::Marketing | Role::Service => Scope::Nothing,
        Role::Kam => Scope::AccountTeam,
        Role::Manager => Scope::Team,
        Role::Management | Role::ProcessOwner | Role::Admin => Scope::All,
    }
}

/// Everybody may read the customer base; only some may carry all of it away.
fn export(role: Role) -> Scope {
    match role {
        Role::Seller | Role::Kam | Role::InsideSales | Role::Service => Scope::AccountTeam,
        Role::Manager => Scope::Team,
        Role::Marketing | Role::Management | Role::ProcessOwner | Role::Admin => Scope::All,
    }
}

fn strategy(role: Role) -> Scope {
    match role {
        Role::ProcessOwner | Role::Admin => Scope::All,
        Role::Seller
        | Role::Kam
        | Role::Manager
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Management => Scope::Nothing,
    }
}

fn house(role: Role) -> Scope {
    match role {
        Role::Admin => Scope::All,
        Role::Seller
        | Role::Kam
        | Role::Manager
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Management
        | Role::ProcessOwner => Scope::Nothing,
    }
}

#[cfg(test)]
mod tests;
