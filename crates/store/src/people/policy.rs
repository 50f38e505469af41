//! The facts that the policy decides on, and its scopes as conditions on accounts: a list shows exactly the rows whose
//! relation to the viewer the scope reaches, because both are made of the same three conditions.

use super::substitution::those_away;
use crate::{
    Query, StoreError, Value,
    engine::{LIST_MAX, in_list, list_size, padded},
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId,
        policy::{Relation, Scope, Viewer},
    },
    units::Day,
};
use std::collections::HashMap;

/// The person as of a day; `None` of one who does not work here then.
pub fn viewer(query: &impl Query, person: PersonId, on: Day) -> Result<Option<Viewer>, StoreError> {
    let found = query.one(
        "-- What is the person, as of a day?
select role, is_active
  from person_version
 where person_id = $1
   and from_day <= $2
 order by from_day desc
 limit 1",
        &[person.into(), on.into()],
        |row| active(person, row.text(0)?, row.bool(1)?),
    )?;
    Ok(found.flatten())
}

/// `None` of whom does not work here.
pub(super) fn active(person: PersonId, role: &str, is_active: bool) -> Result<Option<Viewer>, StoreError> {
    let role = super::role(role)?;
    Ok(is_active.then_some(Viewer { person, role }))
}

/// How the viewer stands to an account on a day; `None` where there is no such account.
pub fn relation(
    query: &impl Query,
    viewer: &Viewer,
    account: AccountId,
    on: Day,
) -> Result<Option<Relation>, StoreError> {
    Ok(relations(query, viewer, &[account], on)?.remove(&account))
}

/// How the viewer stands to each of these accounts that is there.
pub fn relations(
    query: &impl Query,
    viewer: &Viewer,
    accounts: &[AccountId],
    on: Day,
) -> Result<HashMap<AccountId, Relation>, StoreError> {
    let names = Names::new("account.id", 1);
    let relation = names.relation();
    let mut found = HashMap::with_capacity(accounts.len());
    for slice in accounts.chunks(LIST_MAX) {
        let list = in_list(3, list_size(slice.len()));
        let sql = format!(
            "-- How does somebody stand to some accounts?
select account.id, {relation}
  from account
 where account.id in {list}"
        );
        let params: Vec<Value> = [viewer.person.into(), on.into()].into_iter().chain(padded(slice)).collect();
        query.each(&sql, &params, |row| {
            found.insert(AccountId(row.id(0)?), nth_relation(row.int(1)?));
            Ok(())
        })?;
    }
    Ok(found)
}

/// By the numbers of `Names::relation`.
fn nth_relation(number: i64) -> Relation {
    const RELATIONS: [Relation; 4] = [Relation::Owner, Relation::AccountTeam, Relation::Team, Relation::None];
    RELATIONS[number.clamp(0, 3) as usize]
}

/// How the viewer stands to another person on a day; `None` where there is no such person.
pub fn relation_to_person(
    query: &impl Query,
    viewer: &Viewer,
    other: PersonId,
    on: Day,
) -> Result<Option<Relation>, StoreError> {
    let names = Names::new("", 1);
    let sql = format!(
        "-- How does somebody stand to another person?
select case when person.id = $1 then 0 when person.id in ({}) then 2 else 3 end
  from person
 where id = $3",
        names.people_near(),
    );
    let params = [viewer.person.into(), on.into(), other.into()];
    query.one(&sql, &params, |row| Ok(nth_relation(row.int(0)?)))
}

/// The scope as a condition on accounts whose id is `account` (a column's name), with its values from `$first` on.
///
/// Begins with `and`, empty for all accounts.
pub fn condition(
    scope: Scope,
    viewer: &Viewer,
    on: Day,
    account: &str,
    first: usize,
) -> (String, Vec<Value>) {
    let names = Names::new(account, first);
    let params = vec![viewer.person.into(), on.into()];
    match scope {
        Scope::Nothing => ("\n   and 1 = 0".to_owned(), Vec::new()),
        Scope::Own => (format!("\n   and {}", names.is_owner()), params),
        Scope::AccountTeam => (format!("\n   and ({} or {})", names.is_owner(), names.is_in_team()), params),
        Scope::Team => {
            let text =
                format!("\n   and ({} or {} or {})", names.is_owner(), names.is_in_team(), names.is_led());
            (text, params)
        }
        Scope::All => (String::new(), Vec::new()),
    }
}

/// Which of these accounts the scope reaches, in order of id.
pub fn within(
    query: &impl Query,
    scope: Scope,
    viewer: &Viewer,
    on: Day,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, StoreError> {
    let (condition, params) = condition(scope, viewer, on, "account.id", 1);
    let mut found = Vec::new();
    for slice in accounts.chunks(LIST_MAX) {
        let list = in_list(params.len() + 1, list_size(slice.len()));
        let sql = format!(
            "-- Which of some accounts does a right reach?
select account.id
  from account
 where account.id in {list}{condition}
 order by account.id"
        );
        let params: Vec<Value> = params.iter().cloned().chain(padded(slice)).collect();
        query.each(&sql, &params, |row| {
            found.push(AccountId(row.id(0)?));
            Ok(())
        })?;
    }
    found.sort();
    Ok(found)
}

/// How the viewer, the owners and whoever is in their teams stand to these accounts on a day, by account and person. Of
/// the others it tells nothing: they may be near an owner by `People::is_near_what_is_of`, and no closer.
pub fn each_relation(
    query: &impl Query,
    viewer: &Viewer,
    on: Day,
    accounts: &[AccountId],
    mut one: impl FnMut(AccountId, PersonId, Relation),
) -> Result<(), StoreError> {
    let owner = Names::new("account.id", 1).owner;
    let names = Names {
        account: "one.account_id",
        owner: "one.owner_id".to_owned(),
        viewer: "one.person_id".to_owned(),
        on: "$2::date".to_owned(),
    };
    let relation = names.relation();
    for slice in accounts.chunks(LIST_MAX) {
        let list = in_list(3, list_size(slice.len()));
        // Of everybody only those few are asked about for whom the condition of a team can hold.
        let sql = format!(
            "-- How do the viewer, owners and some teams stand to some accounts?
with owned (account_id, owner_id) as (
       select account.id, {owner}
         from account
        where account.id in {list}),
     holder (account_id, owner_id, person_id, delegate_id) as (
       select owned.account_id, owned.owner_id, proposal.person_id, proposal.delegate_id
         from owned
         join proposal
           on proposal.account_id = owned.account_id
          and proposal.closed_on is null),
     one (account_id, owner_id, person_id) as (
       select account_id, owner_id, $1::uuid
         from owned
        union
       select account_id, owner_id, owner_id
         from owned
        where owner_id is not null
        union
       select owned.account_id, owned.owner_id, member.person_id
         from owned
         join account_team member
           on member.account_id = owned.account_id
        union
       select account_id, owner_id, person_id
         from holder
        union
       select account_id, owner_id, delegate_id
         from holder
        where delegate_id is not null
        union
       select holder.account_id, holder.owner_id, away.substitute_id
         from holder
         join substitution away
           on away.person_id = holder.person_id
          and $2::date between away.from_day and away.until_day
          and away.ended_at is null
        union
       select owned.account_id, owned.owner_id, away.substitute_id
         from owned
         join substitution away
           on away.person_id = owned.owner_id
          and $2::date between away.from_day and away.until_day
          and away.ended_at is null)
select account_id, person_id, {relation}
  from one
 order by account_id, person_id"
        );
        let params: Vec<Value> = [viewer.person.into(), on.into()].into_iter().chain(padded(slice)).collect();
        query.each(&sql, &params, |row| {
            one(AccountId(row.id(0)?), PersonId(row.id(1)?), nth_relation(row.int(2)?));
            Ok(())
        })?;
    }
    Ok(())
}

/// The columns and values that the conditions speak of: the account's id, who owns it on the day, the viewer and the day.
struct Names<'a> {
    account: &'a str,
    owner: String,
    viewer: String,
    on: String,
}

impl<'a> Names<'a> {
    fn new(account: &'a str, first: usize) -> Self {
        let on = format!("${}::date", first + 1);
        let owner = format!(
            "(select owned.owner_id
          from account_version owned
         where owned.account_id = {account}
           and owned.from_day <= {on}
         order by owned.from_day desc
         limit 1)"
        );
        Self { account, owner, viewer: format!("${first}::uuid"), on }
    }

    /// The closest that holds, as a number.
    fn relation(&self) -> String {
        let (is_owner, is_in_team, is_led) = (self.is_owner(), self.is_in_team(), self.is_led());
        format!("case when {is_owner} then 0 when {is_in_team} then 1 when {is_led} then 2 else 3 end")
    }

    fn is_owner(&self) -> String {
        format!("coalesce({} = {}, false)", self.owner, self.viewer)
    }

    fn is_in_team(&self) -> String {
        let Self { account, owner, viewer, on } = self;
        let stood_in_for = self.stood_in_for();
        format!(
            "(exists (
        select 1
          from account_team member
         where member.account_id = {account}
           and member.person_id = {viewer}
           and {on} between member.from_day and member.until_day
           and member.known_from <= {on}
           and {on} < member.known_until)
      or exists (
        select 1
          from proposal asked
         where asked.account_id = {account}
           and (asked.person_id = {viewer} or asked.delegate_id = {viewer} or asked.person_id in ({stood_in_for}))
           and asked.closed_on is null)
      or coalesce({owner} in ({stood_in_for}), false))"
        )
    }

    /// Those who are away and have the viewer as their substitute.
    fn stood_in_for(&self) -> String {
        those_away(&self.viewer, &self.on)
    }

    /// The owner is near the viewer, or nobody active owns the account.
    fn is_led(&self) -> String {
        let owner = &self.owner;
        format!(
            "(coalesce({owner} in ({}), false)
      or coalesce({owner} not in ({}), true))",
            self.people_near(),
            self.people_active(),
        )
    }

    fn people_active(&self) -> String {
        format!(
            "select active.person_id
          from person_version active
         where active.is_active = 1
           and active.from_day = {}",
            self.day_in_force("active")
        )
    }

    /// Whoever the viewer leads, over however many managers, and whoever is in the same team.
    fn people_near(&self) -> String {
        let viewer = &self.viewer;
        format!(
            "with recursive led (id) as (
          select {viewer}
          union
          select below.person_id
            from person_version below
            join led on led.id = below.manager_id
           where below.from_day = {}
        )
        select led.id
          from led
        union
        select mate.person_id
          from person_version mate
          join person_version own on own.team = mate.team
         where own.person_id = {viewer}
           and own.from_day = {}
           and mate.from_day = {}",
            self.day_in_force("below"),
            self.day_in_force("own"),
            self.day_in_force("mate"),
        )
    }

    /// From which day the version in force holds, of the person of `version`.
    fn day_in_force(&self, version: &str) -> String {
        let on = &self.on;
        format!(
            "(select max(latest.from_day)
               from person_version latest
              where latest.person_id = {version}.person_id
                and latest.from_day <= {on})"
        )
    }
}
