//! Answers that can be given again to a repeated request.

use luotsi_core::{account::AccountId, activity::ActivityId, people::PersonId};
use serde_json::Value as Json;
use uuid::Uuid;

/// An answer that the database can keep as text.
pub trait Kept: Sized + Send + 'static {
    fn kept(&self) -> Json;

    /// What `kept` wrote; `None` of anything else.
    fn again(kept: Json) -> Option<Self>;
}

impl Kept for () {
    fn kept(&self) -> Json {
        Json::Null
    }

    fn again(kept: Json) -> Option<Self> {
        kept.is_null().then_some(())
    }
}

impl Kept for bool {
    fn kept(&self) -> Json {
        (*self).into()
    }

    fn again(kept: Json) -> Option<Self> {
        kept.as_bool()
    }
}

impl Kept for i64 {
    fn kept(&self) -> Json {
        (*self).into()
    }

    fn again(kept: Json) -> Option<Self> {
        kept.as_i64()
    }
}

impl Kept for usize {
    fn kept(&self) -> Json {
        (*self).into()
    }

    fn again(kept: Json) -> Option<Self> {
        kept.as_u64().and_then(|number| number.try_into().ok())
    }
}

impl Kept for String {
    fn kept(&self) -> Json {
        self.as_str().into()
    }

    fn again(kept: Json) -> Option<Self> {
        kept.as_str().map(str::to_owned)
    }
}

impl Kept for Uuid {
    fn kept(&self) -> Json {
        self.to_string().into()
    }

    fn again(kept: Json) -> Option<Self> {
        Self::parse_str(kept.as_str()?).ok()
    }
}

impl Kept for AccountId {
    fn kept(&self) -> Json {
        self.0.kept()
    }

    fn again(kept: Json) -> Option<Self> {
        Uuid::again(kept).map(Self)
    }
}

impl Kept for ActivityId {
    fn kept(&self) -> Json {
        self.0.kept()
    }

    fn again(kept: Json) -> Option<Self> {
        Uuid::again(kept).map(Self)
    }
}

impl Kept for PersonId {
    fn kept(&self) -> Json {
        self.0.kept()
    }

    fn again(kept: Json) -> Option<Self> {
        Uuid::again(kept).map(Self)
    }
}

/// As a list of none or one, so that an answer which is itself null stays told apart.
impl<T: Kept> Kept for Option<T> {
    fn kept(&self) -> Json {
        self.iter().map(Kept::kept).collect()
    }

    fn again(kept: Json) -> Option<Self> {
        match Vec::again(kept)? {
            mut list if list.len() <= 1 => Some(list.pop()),
            _ => None,
        }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn kept(&self) -> Json {
        self.iter().map(Kept::kept).collect()
    }

    fn again(kept: Json) -> Option<Self> {
        match kept {
            Json::Array(list) => list.into_iter().map(T::again).collect(),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => None,
        }
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn kept(&self) -> Json {
        vec![self.0.kept(), self.1.kept()].into()
    }

    fn again(kept: Json) -> Option<Self> {
        let [one, other] = <[Json; 2]>::try_from(list(kept)?).ok()?;
        Some((A::again(one)?, B::again(other)?))
    }
}

impl<A: Kept, B: Kept, C: Kept> Kept for (A, B, C) {
    fn kept(&self) -> Json {
        vec![self.0.kept(), self.1.kept(), self.2.kept()].into()
    }

    fn again(kept: Json) -> Option<Self> {
        let [one, other, third] = <[Json; 3]>::try_from(list(kept)?).ok()?;
        Some((A::again(one)?, B::again(other)?, C::again(third)?))
    }
}

fn list(kept: Json) -> Option<Vec<Json>> {
    match kept {
        Json::Array(list) => Some(list),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    fn check<T: Kept + PartialEq + Debug>(answer: T) {
        let text = answer.kept().to_string();

        assert_eq!(T::again(serde_json::from_str(&text).unwrap()), Some(answer), "{text}");
    }

    #[test]
    fn answers_are_read_back_as_they_were_kept() {
        check(());
        check(true);
        check(-7_i64);
        check("Äyräs \"1\"".to_owned());
        check((AccountId(Uuid::from_u128(7)), 3_i64));
        check((PersonId(Uuid::from_u128(8)), None::<Uuid>, Some(())));
        check(vec![Some(Some(1_i64)), Some(None), None]);
    }

    #[test]
    fn an_answer_of_another_kind_is_none() {
        assert_eq!(i64::again("seven".into()), None);
        assert_eq!(<(i64, i64)>::again(vec![1_i64].into()), None);
        assert_eq!(Option::<i64>::again(vec![1_i64, 2].into()), None);
    }
}
