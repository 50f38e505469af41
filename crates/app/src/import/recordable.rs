//! Records that can be taken in: what is asked of each kind on its way from a row to the database.

use super::{
    parse::Parsed,
    records::{
        AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
        PersonRecord, ProductRecord, SalesRow, TargetRecord, TeamMemberRecord,
    },
};
use crate::rules::Rules;
use luotsi_store::{
    Query, StoreError, Work, account, activity, base,
    listing::Listed,
    offering, people,
    recording::{Origin, Outcome},
    sales, segmentation,
};

pub trait Recordable: Parsed + Rules + Clone + Send + Sync + 'static {
    type Plan;

    fn plan(query: &impl Query, origin: &Origin, rows: &[Self]) -> Result<Self::Plan, StoreError>;
    fn outcomes(plan: &Self::Plan) -> &[Outcome];
    fn save(work: &mut Work<'_>, origin: &Origin, plan: &Self::Plan) -> Result<(), StoreError>;

    /// The row of the one record that a saved plan has made, where nothing has to be read for it.
    fn made_row(_: &Self::Plan, _: &Origin) -> Option<Listed> {
        None
    }

    /// The external id by which later rows of the same file may name the record.
    fn own_id(&self) -> Option<&str> {
        None
    }
}

impl Recordable for PersonRecord {
    type Plan = people::record::Plan;

    fn plan(query: &impl Query, origin: &Origin, rows: &[Self]) -> Result<Self::Plan, StoreError> {
        people::record::plan(query, origin, rows)
    }

    fn outcomes(plan: &Self::Plan) -> &[Outcome] {
        &plan.outcomes
    }

    fn save(work: &mut Work<'_>, origin: &Origin, plan: &Self::Plan) -> Result<(), StoreError> {
        people::record::save(work, origin, plan)
    }

    fn own_id(&self) -> Option<&str> {
        Some(&self.external_id)
    }
}

impl Recordable for AccountRecord {
    type Plan = account::record::Plan;

    fn plan(query: &impl Query, origin: &Origin, rows: &[Self]) -> Result<Self::Plan, StoreError> {
        account::record::plan(query, origin, rows)
    }

    fn outcomes(plan: &Self::Plan) -> &[Outcome] {
        &plan.outcomes
    }

    fn save(work: &mut Work<'_>, origin: &Origin, plan: &Self::Plan) -> Result<(), StoreError> {
        account::record::save(work, origin, plan)
    }

    fn made_row(plan: &Self::Plan, origin: &Origin) -> Option<Listed> {
        plan.made_row(origin)
    }

    fn own_id(&self) -> Option<&str> {
        Some(&self.external_id)
    }
}

impl Recordable for SalesRow {
    type Plan = sales::record::Plan;

    fn plan(query: &impl Query, origin: &Origin, rows: &[Self]) -> Result<Self::Plan, StoreError> {
        sales::record::plan(query, origin, rows)
    }

    fn outcomes(plan: &Self::Plan) -> &[Outcome] {
        &plan.beliefs.outcomes
    }

    fn save(work: &mut Work<'_>, origin: &Origin, plan: &Self::Plan) -> Result<(), StoreError> {
        sales::record::save(work, origin, plan)
    }
}

/// The kinds that no other row of their file names.
macro_rules! recordable {
    ($($record:ty, $plan:ty, $($module:ident)::+;)*) => {
        $(impl Recordable for $record {
            type Plan = $plan;

            fn plan(query: &impl Query, origin: &Origin, rows: &[Self]) -> Result<Self::Plan, StoreError> {
                $($module)::+::plan(query, origin, rows)
            }

            fn outcomes(plan: &Self::Plan) -> &[Outcome] {
                &plan.outcomes
            }

            fn save(work: &mut Work<'_>, origin: &Origin, plan: &Self::Plan) -> Result<(), StoreError> {
                $($module)::+::save(work, origin, plan)
            }
        })*
    };
}

recordable! {
    ProductRecord, offering::record::Plan, offering::record;
    ContactRecord, account::contact::Plan, account::contact;
    TeamMemberRecord, account::team::Plan, account::team;
    ActivityRecord, activity::record::Plan, activity::record;
    EstimateRecord, base::record::estimates::Plan, base::record::estimates;
    AbilityRecord, base::record::abilities::Plan, base::record::abilities;
    TargetRecord, base::record::targets::Plan, base::record::targets;
    OverrideRecord, segmentation::record::Plan, segmentation::record;
}
