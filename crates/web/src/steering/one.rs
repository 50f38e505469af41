//! A proposal on a page of its own: what it is about, how it stands, and its answers.

use super::{
    AccountLink,
    answer::Answering,
    proposal::{ProposalView, one_view},
};
use crate::{
    Web,
    activity::{LogLine, Usual},
    ask::{Ask, Ids},
    change::Attempt,
    error::WebError,
    page::{Choice, Page, Section},
    parts::SegmentChip,
    rights::Relations,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_core::people::policy::Action;
use luotsi_store::{
    Reader,
    steering::page::{closed_proposal, one_proposal},
};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "steering/one.html")]
pub struct OneProposal {
    page: Page,
    account: AccountLink,
    /// `None`: it has closed.
    proposal: Option<ProposalView>,
    closed: String,
    /// What was being logged of it when it closed: it may be logged with the account.
    line: Option<LogLine>,
    to_account: Choice,
}

pub async fn one(State(web): State<Web>, Ids([id]): Ids<1>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| draw(reader, visit, id, &Attempt::none(), format!("/proposals/{id}")))
        .await
}

/// `back`: where an answer leads on to.
pub fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: Uuid,
    attempt: &Attempt,
    back: String,
) -> Result<OneProposal, WebError> {
    let t = visit.t;
    let page = visit.page(Section::MyDay, t.proposal_title(), Vec::new());
    if let Some(open) = one_proposal(reader, id)? {
        let answering = Answering::load(reader, visit, attempt, &[open.account], back)?;
        let account = AccountLink {
            name: open.account_name.clone(),
            href: format!("/accounts/{}", open.account.0),
            segment: SegmentChip::new(open.segment, t),
        };
        let to_account =
            Choice { label: t.to_account().to_owned(), href: account.href.clone(), is_here: false };
        let proposal = Some(one_view(visit, &answering, &open));
        return Ok(OneProposal { page, account, proposal, closed: String::new(), line: None, to_account });
    }
    let closed = closed_proposal(reader, id)?.ok_or(WebError::NotFound)?;
    let href = format!("/accounts/{}", closed.account.0);
    let written = attempt.form("log", &format!("/proposals/{id}/completion"), t);
    let may_log = |relations: Relations| relations.rights(closed.account).may(Action::LogActivity);
    let line = match written.is_open() && may_log(Relations::load(reader, visit, &[closed.account])?) {
        true => {
            let form = written.sent_to(format!("{href}/activities"));
            let name = &closed.account_name;
            let line = LogLine::with_account(reader, visit, form, closed.account, name, Usual::default())?;
            Some(LogLine { is_lead: true, back: Some(href.clone()), ..line })
        }
        false => None,
    };
    Ok(OneProposal {
        page,
        account: AccountLink {
            name: closed.account_name.clone(),
            href: href.clone(),
            segment: SegmentChip::new(closed.segment, t),
        },
        proposal: None,
        closed: t.proposal_closed(&t.date(closed.closed_on), &t.causes(&closed.cause)),
        line,
        to_account: Choice { label: t.to_account().to_owned(), href, is_here: false },
    })
}
