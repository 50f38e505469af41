//! The truth about rights, written by hand: for every role and action, who of owner, account team, team and others may.

use super::*;
use uuid::Uuid;

const RELATIONS: [Relation; 4] = [Relation::Owner, Relation::AccountTeam, Relation::Team, Relation::None];

/// The roles, as the columns below stand.
const COLUMNS: [Role; 9] = [
    Role::Seller,
    Role::Kam,
    Role::InsideSales,
    Role::Marketing,
    Role::Service,
    Role::Manager,
    Role::Management,
    Role::ProcessOwner,
    Role::Admin,
];

/// A cell has a letter for each relation that may: o(wner), a(ccount team), t(eam), and others by x; - is nobody.
const TRUTH: &str = "
    action             seller kam  inside marketing service manager management process_owner admin
    read_account       oatx   oatx oatx   oatx      oatx    oatx    oatx       oatx          oatx
    create_account     oatx   oatx oatx   oatx      oatx    oatx    oatx       oatx          oatx
    edit_account       oa     oa   oa     oa        oa      oat     oat        oatx          oatx
    edit_contacts      oa     oa   oatx   oatx      oatx    oat     oat        oatx          oatx
    log_activity       oa     oa   oatx   oatx      oatx    oat     oat        oatx          oatx
    answer_proposal    oa     oa   oa     oa        oa      oat     oat        oatx          oatx
    estimate           oa     oa   oa     oa        oa      oat     oat        oatx          oatx
    set_target         oa     oa   oa     oa        oa      oat     oat        oatx          oatx
    set_override       oa     oa   oa     oa        oa      oat     oat        oatx          oatx
    change_owner       o      o    o      o         o       oat     oat        oatx          oatx
    edit_team          o      o    o      o         o       oat     oat        oatx          oatx
    read_costs         -      oa   -      -         -       oat     oatx       oatx          oatx
    export_data        oa     oa   oa     oatx      oa      oat     oatx       oatx          oatx
    appoint_substitute o      o    o      o         o       oat     oat        oatx          oatx
    edit_strategy      -      -    -      -         -       -       -          oatx          oatx
    manage_access      o      o    o      o         o       o       o          o             oatx
    manage_people      -      -    -      -         -       -       -          -             oatx
    manage_company     -      -    -      -         -       -       -          -             oatx
";

#[test]
fn every_role_may_what_the_table_says_and_nothing_else() {
    let rows: Vec<Vec<&str>> = TRUTH
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .skip(1)
        .collect();

    for action in Action::ALL {
        let row = rows.iter().find(|row| row[0] == action.name()).unwrap();
        assert_eq!(row.len(), 1 + COLUMNS.len(), "{row:?}");
        for (role, cell) in COLUMNS.into_iter().zip(&row[1..]) {
            for (relation, letter) in RELATIONS.into_iter().zip(["o", "a", "t", "x"]) {
                check(role, action, relation, cell.contains(letter));
            }
        }
    }
    assert_eq!(rows.len(), Action::ALL.len());
}

fn check(role: Role, action: Action, relation: Relation, expected: bool) {
    let viewer = Viewer { person: PersonId(Uuid::nil()), role };

    let decision = decide(&viewer, action, relation);

    assert_eq!(decision == Decision::Allowed, expected, "{role:?} {action:?} {relation:?}: {decision:?}");
}

#[test]
fn a_refusal_tells_those_whose_role_may_from_those_whose_role_may_not() {
    let seller = Viewer { person: PersonId(Uuid::nil()), role: Role::Seller };

    let others_account = decide(&seller, Action::EditAccount, Relation::Team);
    let strategy = decide(&seller, Action::EditStrategy, Relation::None);

    assert_eq!(others_account, Decision::Refused(Refusal::NotYours));
    assert_eq!(strategy, Decision::Refused(Refusal::NotOfThisRole));
}

#[test]
fn a_wider_right_reaches_whatever_a_narrower_one_does() {
    let scopes = [Scope::Nothing, Scope::Own, Scope::AccountTeam, Scope::Team, Scope::All];

    for (narrow, wide) in scopes.iter().zip(&scopes[1..]) {
        for relation in RELATIONS {
            assert!(!narrow.reaches(relation) || wide.reaches(relation), "{narrow:?} {wide:?} {relation:?}");
        }
    }
}
