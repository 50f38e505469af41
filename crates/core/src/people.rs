//! Who we are: people, their roles, teams and managers, and who answers for what on a day.

pub mod policy;
pub mod substitution;

use crate::units::{Day, Money};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub Uuid);

/// A person's place among the company's people in order of external id (bytes): the smallest is "the first".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNo(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Seller,
    Kam,
    Manager,
    InsideSales,
    Marketing,
    Service,
    Management,
    ProcessOwner,
    Admin,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::Seller,
        Self::Kam,
        Self::Manager,
        Self::InsideSales,
        Self::Marketing,
        Self::Service,
        Self::Management,
        Self::ProcessOwner,
        Self::Admin,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Kam => "kam",
            Self::Manager => "manager",
            Self::InsideSales => "inside_sales",
            Self::Marketing => "marketing",
            Self::Service => "service",
            Self::Management => "management",
            Self::ProcessOwner => "process_owner",
            Self::Admin => "admin",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub external_id: String,
    pub name: String,
    /// What was so from a day on, in order of day; empty of a person nothing is known about yet.
    pub versions: Vec<PersonVersion>,
}

/// What holds of a person from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonVersion {
    pub from: Day,
    pub role: Role,
    pub team: Option<String>,
    pub manager: Option<PersonNo>,
    pub is_active: bool,
    /// What an hour of the person costs; without it the role's, see `strategy::Costs`.
    pub hourly_cost: Option<Money>,
    /// Hours a year with customers; without it the strategy's.
    pub customer_hours: Option<u32>,
}

impl Person {
    pub fn on(&self, day: Day) -> Option<&PersonVersion> {
        self.versions.iter().rev().find(|version| version.from <= day)
    }
}

/// The company's people, in order of external id.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub people: Vec<Person>,
}

/// A person's part in the team of one account, from a day until a day (both included).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamMember {
    pub person: PersonNo,
    pub role: Role,
    pub from: Day,
    pub until: Day,
    pub known: crate::units::Known,
}

impl TeamMember {
    pub fn on(&self, day: Day) -> bool {
        self.from <= day && day <= self.until && self.known.on(day)
    }
}

/// Who a care line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answering {
    Owner,
    Role(Role),
}

impl Answering {
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Role(role) => role.name(),
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "owner" => Some(Self::Owner),
            other => Role::parse(other).map(Self::Role),
        }
    }
}

impl People {
    pub fn get(&self, person: PersonNo) -> Option<&Person> {
        self.people.get(person.0 as usize)
    }

    pub fn on(&self, person: PersonNo, day: Day) -> Option<&PersonVersion> {
        self.get(person)?.on(day)
    }

    pub fn is_active(&self, person: PersonNo, day: Day) -> bool {
        self.on(person, day).is_some_and(|version| version.is_active)
    }

    /// The active person who answers for what is asked of `answering` at an account; `None` when nobody can.
    pub fn who_answers(
        &self,
        answering: Answering,
        owner: Option<PersonNo>,
        team: &[TeamMember],
        on: Day,
    ) -> Option<PersonNo> {
        match answering {
            Answering::Owner => self.acting_owner(owner, on),
            Answering::Role(Role::Manager) => self.stand_in(owner, on),
            Answering::Role(role) => {
                let owner = self.acting_owner(owner, on);
                self.team_member(role, team, on)
                    .or_else(|| owner.filter(|person| self.has_role(*person, role, on)))
                    .or_else(|| self.first_in_owners_team(role, owner, on))
                    .or_else(|| self.first(role, on))
                    .or(owner)
            }
        }
    }

    /// The owner when active, else the stand-in.
    pub fn acting_owner(&self, owner: Option<PersonNo>, on: Day) -> Option<PersonNo> {
        owner.filter(|person| self.is_active(*person, on)).or_else(|| self.stand_in(owner, on))
    }

    /// The first active person up the owner's manager chain, else the first manager, else the first admin.
    pub fn stand_in(&self, owner: Option<PersonNo>, on: Day) -> Option<PersonNo> {
        self.first_active_up_the_chain(owner, on)
            .or_else(|| self.first(Role::Manager, on))
            .or_else(|| self.first(Role::Admin, on))
    }

    /// Over however many managers.
    pub fn leads(&self, leader: PersonNo, person: PersonNo, on: Day) -> bool {
        self.managers(person, on).any(|manager| manager == leader)
    }

    /// Who is the person, leads the person or is in the same team: `policy::Relation::Team` of one person to another.
    pub fn is_near(&self, one: PersonNo, person: PersonNo, on: Day) -> bool {
        let team = |person| self.on(person, on).and_then(|version| version.team.as_deref());
        one == person || self.leads(one, person, on) || (team(one).is_some() && team(one) == team(person))
    }

    /// Near the owner of an account, `policy::Relation::Team` of a person to it: what nobody active owns is near everybody.
    pub fn is_near_what_is_of(&self, owner: Option<PersonNo>, one: PersonNo, on: Day) -> bool {
        let owner = owner.filter(|owner| self.is_active(*owner, on));
        owner.is_none_or(|owner| self.is_near(one, owner, on))
    }

    fn first_active_up_the_chain(&self, owner: Option<PersonNo>, on: Day) -> Option<PersonNo> {
        self.managers(owner?, on).find(|manager| self.is_active(*manager, on))
    }

    /// The person's manager, the manager's manager, and so on.
    fn managers(&self, person: PersonNo, on: Day) -> impl Iterator<Item = PersonNo> {
        let above = move |person: &PersonNo| self.on(*person, on)?.manager;
        // A chain longer than the company has people is a circle: somebody's mistake, not ours to hang on.
        std::iter::successors(above(&person), above).take(self.people.len())
    }

    fn team_member(&self, role: Role, team: &[TeamMember], on: Day) -> Option<PersonNo> {
        team.iter()
            .filter(|member| member.role == role && member.on(on) && self.is_active(member.person, on))
            .map(|member| member.person)
            .min()
    }

    fn first_in_owners_team(&self, role: Role, owner: Option<PersonNo>, on: Day) -> Option<PersonNo> {
        let team = self.on(owner?, on)?.team.as_deref()?;
        self.numbers().find(|person| {
            self.has_role(*person, role, on)
                && self.on(*person, on).is_some_and(|version| version.team.as_deref() == Some(team))
        })
    }

    fn first(&self, role: Role, on: Day) -> Option<PersonNo> {
        self.numbers().find(|person| self.has_role(*person, role, on))
    }

    fn has_role(&self, person: PersonNo, role: Role, on: Day) -> bool {
        self.on(person, on).is_some_and(|version| version.is_active && version.role == role)
    }

    fn numbers(&self) -> impl Iterator<Item = PersonNo> {
        (0..self.people.len() as u32).map(PersonNo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(external_id: &str, role: Role, team: &str, manager: Option<u32>, is_active: bool) -> Person {
        let version = PersonVersion {
            from: Day::MIN,
            role,
            team: Some(team.to_owned()),
            manager: manager.map(PersonNo),
            is_active,
            hourly_cost: None,
            customer_hours: None,
        };
        Person {
            id: PersonId(Uuid::nil()),
            external_id: external_id.to_owned(),
            name: external_id.to_owned(),
            versions: vec![version],
        }
    }

    fn company() -> People {
        People {
            people: vec![
                person("1-seller", Role::Seller, "south", Some(2), true),
                person("2-gone", Role::Seller, "north", Some(2), false),
                person("3-manager", Role::Manager, "south", None, true),
                person("4-inside", Role::InsideSales, "north", Some(2), true),
                person("5-inside", Role::InsideSales, "south", Some(2), true),
            ],
        }
    }

    fn check(answering: Answering, owner: Option<u32>, expected: Option<u32>) {
        let on = Day::new(2026, 11, 22).unwrap();

        let who = company().who_answers(answering, owner.map(PersonNo), &[], on);

        assert_eq!(who, expected.map(PersonNo));
    }

    #[test]
    fn an_active_owner_answers_and_an_inactive_one_is_stood_in_for() {
        check(Answering::Owner, Some(0), Some(0));
        check(Answering::Owner, Some(1), Some(2));
        check(Answering::Owner, None, Some(2));
        check(Answering::Role(Role::Manager), Some(0), Some(2));
    }

    #[test]
    fn a_role_is_first_looked_for_in_the_owners_team_then_in_the_company_then_the_owner_answers() {
        check(Answering::Role(Role::InsideSales), Some(0), Some(4));
        check(Answering::Role(Role::InsideSales), Some(3), Some(3));
        check(Answering::Role(Role::Kam), Some(0), Some(0));
    }

    #[test]
    fn near_are_oneself_those_one_leads_and_ones_own_team() {
        let (on, company) = (Day::new(2026, 11, 22).unwrap(), company());
        let near = |one: u32| {
            let all = (0..5).filter(|other| company.is_near(PersonNo(one), PersonNo(*other), on));
            all.collect::<Vec<u32>>()
        };

        assert_eq!(near(0), [0, 2, 4]);
        assert_eq!(near(2), [0, 1, 2, 3, 4]);
        assert_eq!(near(3), [1, 3]);
        let is_near_whose =
            |owner: Option<u32>| company.is_near_what_is_of(owner.map(PersonNo), PersonNo(3), on);
        assert!(!is_near_whose(Some(0)) && is_near_whose(Some(3)));
        assert!(is_near_whose(Some(1)) && is_near_whose(None), "nobody active owns it");
        assert!(company.leads(PersonNo(2), PersonNo(0), on) && !company.leads(PersonNo(0), PersonNo(2), on));
    }

    #[test]
    fn managers_in_a_circle_are_walked_once() {
        let people = vec![
            person("1", Role::Seller, "south", Some(1), true),
            person("2", Role::Manager, "north", Some(0), true),
        ];
        let on = Day::new(2026, 11, 22).unwrap();

        assert!(!People { people }.leads(PersonNo(7), PersonNo(0), on));
    }

    #[test]
    fn nobody_answers_in_a_base_without_people() {
        let on = Day::new(2026, 11, 22).unwrap();

        assert_eq!(People::default().who_answers(Answering::Owner, None, &[], on), None);
    }
}
